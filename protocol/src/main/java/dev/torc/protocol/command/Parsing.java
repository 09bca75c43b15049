package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.util.List;

/** Makes a command of words whose number and key lengths are right; may throw a {@link Refusal}. */
@FunctionalInterface
interface Parsing {
  /** @param words all of them, the command's name first */
  Command parse(List<Bytes> words);
}
