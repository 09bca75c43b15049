package dev.torc.engine;

import java.nio.file.Path;

/** Another process serves this data directory. */
public final class DirectoryInUseException extends EngineException {
  private static final long serialVersionUID = 1L;

  DirectoryInUseException(Path directory) {
    super("data directory " + directory + " is in use by another process");
  }
}
