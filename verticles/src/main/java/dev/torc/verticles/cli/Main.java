package dev.torc.verticles.cli;

import dev.torc.verticles.StartException;
import dev.torc.verticles.NodeLife;
import dev.torc.verticles.config.ConfigException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** Where the process begins. A refused value or an expected failure is one line on standard error; the exit code is then 1. */
@Command(name = "torc", versionProvider = Main.Version.class, mixinStandardHelpOptions = true, description = "A leaderless, durable key-value store that every Redis client can talk to.", subcommands = HelpCommand.class, synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

  private static final NodeStarter NODE = config -> NodeLife.start(config).map(node -> node::stop);

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec;

  private Main() {}

  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    System.exit(commandLine(NODE, NodeLauncher.ofThisProcess(environment), environment).execute(arguments));
  }

  static CommandLine commandLine(NodeStarter starter, NodeLauncher launcher, Map<String, String> environment) {
    return new CommandLine(new Main()).addSubcommand(new UpCommand(launcher)).addSubcommand(new DownCommand())
        .addSubcommand(new StatusCommand()).addSubcommand(new PartitionCommand()).addSubcommand(new HealCommand())
        .addSubcommand(new ServerCommand(starter, environment)).addSubcommand(new RehearseCommand(starter))
        .setUsageHelpAutoWidth(true).setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(Main::fail);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int refuse(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command.getErr()
        .println("torc: " + oneLine(wrong) + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
    return 1;
  }

  private static int fail(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
    if (failure instanceof ConfigException || failure instanceof StartException) {
      command.getErr().println("torc: " + oneLine(failure));
      return 1;
    }
    throw failure;
  }

  private static String oneLine(Exception failure) {
    return String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ");
  }

  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"torc " + (version == null ? "development" : version) + " on Java " + Runtime.version()};
    }
  }
}
