package dev.torc.protocol.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandDocsTest {
  private static final Path PAGE = Path.of("..", "docs", "commands.md");

  @Test
  void thePageIsWhatTheTableSays() throws IOException {
    if (Boolean.getBoolean("commands.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, CommandDocs.markdown());
    }
    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as("docs/commands.md; write it anew: mvn -pl protocol test -Dtest=CommandDocsTest -Dcommands.write=true")
        .isEqualTo(CommandDocs.markdown());
  }
}
