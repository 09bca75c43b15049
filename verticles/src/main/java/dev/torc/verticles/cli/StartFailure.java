package dev.torc.verticles.cli;

import dev.torc.engine.EngineException;
import dev.torc.verticles.StartException;
import dev.torc.verticles.config.ConfigException;
import dev.torc.verticles.config.NodeConfig;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.Optional;

/** The one line for a start that fails for a reason that an operator can act upon. */
final class StartFailure {

  private StartFailure() {}

  /** Empty when the failure is not an expected one; then its stack trace is wanted. */
  static Optional<String> line(Throwable failure, NodeConfig config) {
    int depth = 0;
    for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
      String line = expected(cause, config);
      if (line != null) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }

  private static String expected(Throwable cause, NodeConfig config) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof StartException || cause instanceof ConfigException
        || cause instanceof EngineException) {
      return message;
    }
    if (message.contains("Address already in use")) {
      return PortCheck.of(config).inUse().orElse("a port of " + PortCheck.of(config) + " is in use by another process");
    }
    if (cause instanceof BindException || cause instanceof UnknownHostException
        || message.contains("Cannot assign requested address")) {
      return "cannot listen on " + PortCheck.of(config) + ": " + message;
    }
    if (message.contains("LOCK") && message.contains("Resource temporarily unavailable")) {
      return "data directory " + config.data() + " is in use by another process";
    }
    if (cause instanceof FileSystemException) {
      return "data directory " + config.data() + " cannot be used: " + cause;
    }
    return null;
  }
}
