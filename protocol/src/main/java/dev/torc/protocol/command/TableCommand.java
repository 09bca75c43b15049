package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;
import java.util.List;

/** The COMMAND family; {@link CommandReplies} answers it. */
public sealed interface TableCommand extends Command {
  @Override
  default Access access() {
    return Access.NONE;
  }

  record All() implements TableCommand {}

  record Count() implements TableCommand {}

  /** @param names empty for all */
  record Info(List<Bytes> names) implements TableCommand {}

  /** @param names empty for all */
  record Docs(List<Bytes> names) implements TableCommand {}

  record Names(NameFilter filter) implements TableCommand {}

  /** @param words the whole command that is asked about */
  record GetKeys(List<Bytes> words) implements TableCommand {}

  /** What COMMAND LIST is limited to. */
  sealed interface NameFilter {
    record Everything() implements NameFilter {}

    /** Torc has none. */
    record Module(Bytes name) implements NameFilter {}

    record AclCategory(Bytes name) implements NameFilter {}

    record Pattern(Glob glob) implements NameFilter {}
  }
}
