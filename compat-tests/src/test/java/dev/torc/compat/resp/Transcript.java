package dev.torc.compat.resp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of commands, a line each: words between spaces, or between quotes if they hold spaces or nothing. After {@code =>} comes what is to be
 * answered, as it is on the wire, with a space for each end of line. A line that begins with # is a comment.
 */
public record Transcript(List<Line> lines) {
  private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");

  /** @param answer if the line says one */
  public record Line(int number, List<String> words, Optional<String> answer) {
    static Line of(int number, String text) {
      String[] parts = text.split(" => ", 2);
      var words = WORD.matcher(parts[0]).results().map(word -> word.group().replace("\"", "")).toList();
      return new Line(number, words, parts.length == 2 ? Optional.of(parts[1]) : Optional.empty());
    }

    /** What is answered now. */
    public String play(RespSocket socket) {
      return socket.send(RespSocket.command(words.toArray(String[]::new))).readRaw().replace("\r\n", " ").strip();
    }

    /** The line with an answer, so that a comparison of two shows where they differ. */
    public String with(String reply) {
      return number + ": " + String.join(" ", words) + " => " + reply;
    }
  }

  /** @param resource beside the tests' classes */
  public static Transcript of(String resource) {
    try (var in = Transcript.class.getResourceAsStream(resource)) {
      var text = new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8).split("\n");
      var lines = new ArrayList<Line>();
      for (int i = 0; i < text.length; i++) {
        if (!text[i].isBlank() && !text[i].startsWith("#")) {
          lines.add(Line.of(i + 1, text[i]));
        }
      }
      return new Transcript(List.copyOf(lines));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
