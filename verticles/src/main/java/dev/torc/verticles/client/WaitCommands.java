package dev.torc.verticles.client;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.session.RecentWrites;
import dev.torc.cluster.session.RecentWrites.Figure;
import dev.torc.cluster.session.RecentWrites.Question;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.command.KeyspaceCommand;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.SystemClock;
import dev.torc.verticles.loop.CoordinatorShell;
import java.util.ArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** WAIT and WAITAOF. A long one is asked a second at a time, so that a client that leaves does not leave its question behind. */
final class WaitCommands {
  private static final long AT_ONCE_MILLIS = 1_000;
  /** For 0, which is for ever. */
  private static final long LONGEST_MILLIS = 3_600_000;

  private final CoordinatorShell shell;
  private final Levels levels;
  private final boolean isSafe;

  /** One such command. @param endsAtMillis in steady time */
  private record Wait(Question question, int others, boolean self, boolean onDisk, RecentWrites writes,
      long endsAtMillis, BooleanSupplier isLeaving, Consumer<RespValue> reply, Function<Figure, RespValue> made) {}

  /** @param isSafe whether what this cluster acknowledges is on disk */
  WaitCommands(CoordinatorShell shell, Levels levels, boolean isSafe) {
    this.shell = shell;
    this.levels = levels;
    this.isSafe = isSafe;
  }

  void run(KeyspaceCommand.Wait wait, RecentWrites writes, BooleanSupplier isLeaving, Consumer<RespValue> reply) {
    int others = count(wait.replicas());
    ask(new Wait(writes.ask(others, false, false, isSafe), others, false, false, writes, end(wait.timeoutMillis()),
        isLeaving, reply, figure -> RespValue.integer(figure.others())));
  }

  void run(KeyspaceCommand.WaitAof wait, RecentWrites writes, BooleanSupplier isLeaving, Consumer<RespValue> reply) {
    int others = count(wait.replicas());
    ask(new Wait(writes.ask(others, wait.local(), true, isSafe), others, wait.local(), true, writes,
        end(wait.timeoutMillis()), isLeaving, reply,
        figure -> RespValue.array(RespValue.integer(figure.self() ? 1 : 0), RespValue.integer(figure.others()))));
  }

  private static int count(long replicas) {
    return Math.clamp(replicas, 0, Integer.MAX_VALUE);
  }

  private static long end(long timeoutMillis) {
    return SystemClock.now().steadyMillis() + (timeoutMillis == 0
        ? LONGEST_MILLIS
        : Math.min(timeoutMillis, LONGEST_MILLIS));
  }

  private void ask(Wait wait) {
    long left = wait.endsAtMillis - SystemClock.now().steadyMillis();
    var made = new ArrayList<Request.Confirm.Made>();
    wait.question.writes().forEach(
        (key, dot) -> made
            .add(new Request.Confirm.Made(key, VersionVector.of(dot), levels.strong(key.bytes()).replicas())));
    var atMost = wait.question.atMost();
    var request = new Request.Confirm(made, Math.min(wait.others, atMost.others()), wait.self && atMost.self(),
        wait.onDisk, Math.clamp(left, 1, AT_ONCE_MILLIS));
    shell.request(request, outcome -> onOutcome(wait, outcome));
  }

  /** Redis knows no error here: a node that can ask nobody knows of none. */
  private void onOutcome(Wait wait, Outcome outcome) {
    if (!(outcome instanceof Outcome.Confirmed confirmed)) {
      wait.reply.accept(wait.made.apply(new Figure(0, false)));
    } else if (!confirmed.isAll() && SystemClock.now().steadyMillis() < wait.endsAtMillis
        && !wait.isLeaving.getAsBoolean()) {
      ask(wait);
    } else {
      var figure = new Figure(confirmed.others(), confirmed.self()).min(wait.question.atMost());
      wait.writes.onTold(wait.question, figure, wait.onDisk);
      wait.reply.accept(wait.made.apply(figure));
    }
  }
}
