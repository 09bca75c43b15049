package dev.torc.compat.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.VersionVector;
import dev.torc.compat.history.KeyEvent.Read;
import dev.torc.compat.history.KeyEvent.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A story of one key, told to the judge. Replicas stamp as actors 1, 2 and 3. */
abstract class KeyStory {
  static final Dot A = new Dot(1, 10);
  static final Dot B = new Dot(2, 20);
  static final Dot C = new Dot(1, 30);

  final List<KeyEvent> events = new ArrayList<>();
  final Map<Dot, Optional<String>> siblings = new TreeMap<>();
  VersionVector version = VersionVector.EMPTY;

  static VersionVector sees(Dot... dots) {
    return Arrays.stream(dots).map(VersionVector::of).reduce(VersionVector.EMPTY, VersionVector::merge);
  }

  /** At a quorum; it has seen these. */
  void wrote(String value, Dot dot, long invoked, long returned, Dot... superseded) {
    add(Optional.of(value), dot, invoked, returned, superseded);
  }

  void deleted(Dot dot, long invoked, long returned, Dot... superseded) {
    add(Optional.empty(), dot, invoked, returned, superseded);
  }

  private void add(Optional<String> value, Dot dot, long invoked, long returned, Dot... superseded) {
    var past = sees(superseded);
    var after = past.hlcOf(dot.actor()) > 0 || past.size() == 0
        ? Context.of(past.with(dot))
        : new Context(past, Optional.of(dot));
    events.add(
        new Write(0, 0, Level.QUORUM, value, Optional.of(Context.of(past)), invoked, returned, Optional.of(after)));
  }

  void unknown(Optional<String> value, Optional<Context> given) {
    events.add(new Write(0, 0, Level.QUORUM, value, given, 2, KeyEvent.NEVER, Optional.empty()));
  }

  void read(long invoked, long returned, VersionVector seen, String... values) {
    events.add(new Read(1, Level.QUORUM, invoked, returned, Context.of(seen),
        Arrays.stream(values).map(Optional::of).toList()));
  }

  void endsWith(VersionVector seen, Map<Dot, String> values) {
    version = seen;
    values.forEach((dot, value) -> siblings.put(dot, Optional.of(value)));
  }

  void endsWithDeletion(VersionVector seen, Dot deletion) {
    version = seen;
    siblings.put(deletion, Optional.empty());
  }

  KeyCopy copy() {
    return new KeyCopy(0, version, siblings);
  }

  KeyHistory history() {
    return new KeyHistory("k", events, write -> false);
  }

  void passes() {
    assertThat(history().violations(List.of(copy(), new KeyCopy(1, version, siblings)))).isEmpty();
  }

  void failsWith(String law) {
    assertThat(history().violations(List.of(copy(), copy()))).isNotEmpty()
        .anySatisfy(violation -> assertThat(violation).contains(law));
  }
}
