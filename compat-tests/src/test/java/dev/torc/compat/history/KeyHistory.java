package dev.torc.compat.history;

import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.compat.history.KeyEvent.Read;
import dev.torc.compat.history.KeyEvent.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Whether what clients saw of one key, and what its replicas have in the end, keeps the promises of ordinary reads and writes. Unlike linearizability this needs
 * no search: each acknowledged write is named by a dot, and says by its context what it superseded.
 *
 * <p>
 * An acknowledged write stands among the siblings or was superseded by one that had seen it; what was superseded or deleted does not return; reads at a
 * quorum see what a quorum acknowledged before them; in the end all replicas have the same. The complication is writes that nobody acknowledged. One with a context
 * supersedes what that covers, if it took effect. One without supersedes what its coordinator held, which nobody knows. Either excuses what is missing only where it stands itself, later than that: replicas
 * exchange whole records, so whoever superseded it in turn has seen all that it superseded, and would do for an excuse alone.
 */
public final class KeyHistory {
  private final String key;
  private final List<Write> writes;
  private final List<Read> reads;
  private final Map<Dot, Write> byDot = new TreeMap<>();
  private final Predicate<Write> mayBeLost;
  private final List<String> violations = new ArrayList<>();

  /** @param mayBeLost acknowledged by fewer nodes than have lost what was on their disks since */
  public KeyHistory(String key, List<KeyEvent> events, Predicate<Write> mayBeLost) {
    this.key = key;
    this.writes = events.stream().filter(Write.class::isInstance).map(Write.class::cast).toList();
    this.reads = events.stream().filter(Read.class::isInstance).map(Read.class::cast).toList();
    this.mayBeLost = mayBeLost;
  }

  /** What is wrong, a line each. @param copies what each replica has, after the last call */
  public List<String> violations(List<KeyCopy> copies) {
    violations.clear();
    nameWrites();
    reads.forEach(this::judge);
    copies.forEach(this::judge);
    copies.stream().filter(copy -> !copy.isSameAs(copies.getFirst()))
        .forEach(copy -> violate("replicas differ", copies.getFirst() + " and " + copy));
    return List.copyOf(violations);
  }

  private void violate(String law, Object proof) {
    violations.add(key + ": " + law + ": " + proof);
  }

  private void nameWrites() {
    writes.stream().filter(Write::isAcknowledged).forEach(write -> {
      var other = byDot.put(write.dot(), write);
      if (other != null && other != write) {
        violate("one dot names two writes", other + " and " + write);
      }
    });
  }

  private boolean wasWritten(String value) {
    return writes.stream().anyMatch(write -> write.value().equals(Optional.of(value)));
  }

  private void judge(Read read) {
    read.siblings().stream().flatMap(Optional::stream).filter(value -> !wasWritten(value))
        .forEach(value -> violate("nobody wrote it", read));
    for (var write : byDot.values()) {
      if (read.seen().covers(write.dot())) {
        judge(read, write);
      } else if (read.level().isQuorum && write.level().isQuorum && write.returned() < read.invoked()) {
        violate("a quorum read has not seen a quorum's write", write + " by " + read);
      }
    }
  }

  /** The read has seen the write: it shows it, unless it has seen who superseded it. */
  private void judge(Read read, Write write) {
    boolean shown = write.value().isPresent() && read.shows(write.value());
    var successor = successor(write, read.seen());
    if (shown && successor.isPresent()) {
      violate("what was superseded returned", write + ", superseded by " + successor.get() + ", in " + read);
    } else if (!shown && write.value().isPresent() && successor.isEmpty() && !mayHaveBeenSuperseded(write, read)) {
      violate("a sibling is missing", write + " in " + read);
    }
  }

  private Optional<Write> successor(Write write, Context seen) {
    return byDot.values().stream().filter(other -> seen.covers(other.dot()) && other.supersedes(write.dot()))
        .findFirst();
  }

  private boolean mayHaveBeenSuperseded(Write write, Read read) {
    return writes.stream().filter(other -> !other.isAcknowledged() && other.invoked() <= read.returned())
        .filter(other -> other.given().isEmpty() || other.supersedes(write.dot()))
        .anyMatch(other -> read.shows(other.value()));
  }

  private void judge(KeyCopy copy) {
    copy.siblings().forEach((dot, value) -> {
      var write = byDot.get(dot);
      if (write != null && !write.value().equals(value)) {
        violate("another value than was written", write + " is " + value + " in " + copy);
      }
      if (value.isPresent() && !wasWritten(value.get())) {
        violate("nobody wrote it", value.get() + " in " + copy);
      }
      byDot.values().stream().filter(other -> copy.version().covers(other.dot()) && other.supersedes(dot))
          .forEach(other -> violate("what was superseded returned", dot + ", superseded by " + other + ", in " + copy));
    });
    byDot.values().stream().filter(write -> !copy.siblings().containsKey(write.dot()) && !mayBeLost.test(write))
        .filter(write -> !isExplained(write, copy))
        .forEach(write -> violate("an acknowledged write is lost", write + " in " + copy));
  }

  private boolean isExplained(Write write, KeyCopy copy) {
    boolean superseded = byDot.values().stream()
        .anyMatch(other -> copy.version().covers(other.dot()) && other.supersedes(write.dot()));
    return superseded || copy.version().covers(write.dot()) && writes.stream()
        .filter(other -> !other.isAcknowledged()).anyMatch(other -> mayHaveBeenSuperseded(write, other, copy));
  }

  private boolean mayHaveBeenSuperseded(Write write, Write unknown, KeyCopy copy) {
    boolean couldSupersede = unknown.given().isEmpty() || unknown.supersedes(write.dot());
    return couldSupersede && copy.siblings().entrySet().stream()
        .anyMatch(sibling -> !byDot.containsKey(sibling.getKey()) && sibling.getValue().equals(unknown.value())
            && sibling.getKey().compareTo(write.dot()) > 0);
  }
}
