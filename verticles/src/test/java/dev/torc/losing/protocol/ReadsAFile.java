package dev.torc.losing.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class ReadsAFile {
  byte[] read(Path path) throws IOException {
    return Files.readAllBytes(path);
  }
}
