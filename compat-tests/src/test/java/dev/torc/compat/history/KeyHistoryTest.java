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
import org.junit.jupiter.api.Test;

/** The judge of versioned histories lets pass what keeps the promises and nothing else, told as stories of one key. Replicas stamp as actors 1, 2 and 3. */
class KeyHistoryTest {
  private static final Dot A = new Dot(1, 10);
  private static final Dot B = new Dot(2, 20);
  private static final Dot C = new Dot(1, 30);

  private final List<KeyEvent> events = new ArrayList<>();
  private final Map<Dot, Optional<String>> siblings = new TreeMap<>();
  private VersionVector version = VersionVector.EMPTY;

  @Test
  void whatIsAmongTheSiblingsIsNotLost() {
    wrote("a", A, 0, 1);
    wrote("b", B, 0, 1);
    endsWith(sees(A, B), Map.of(A, "a", B, "b"));
    passes();
  }

  @Test
  void whatALaterWriteHasSeenIsNotLost() {
    wrote("a", A, 0, 1);
    wrote("b", B, 2, 3, A);
    endsWith(sees(A, B), Map.of(B, "b"));
    passes();
  }

  @Test
  void anAcknowledgedWriteThatNoReplicaHasSeenIsLost() {
    wrote("a", A, 0, 1);
    endsWith(VersionVector.EMPTY, Map.of());
    failsWith("an acknowledged write is lost");
  }

  @Test
  void aVersionThatClaimsAWriteWhichIsNotThereHasLostIt() {
    wrote("a", A, 0, 1);
    wrote("b", B, 0, 1);
    endsWith(sees(A, B), Map.of(B, "b"));
    failsWith("an acknowledged write is lost");
  }

  @Test
  void whoHasNotSeenAWriteDoesNotExcuseItsLoss() {
    wrote("a", A, 0, 1);
    wrote("b", B, 2, 3);
    wrote("c", C, 4, 5, B);
    endsWith(sees(B, C), Map.of(C, "c"));
    failsWith("an acknowledged write is lost");
  }

  @Test
  void aDeletionThatHasSeenAWriteExcusesThatItIsGone() {
    wrote("a", A, 0, 1);
    deleted(B, 2, 3, A);
    endsWithDeletion(sees(A, B), B);
    passes();
  }

  @Test
  void whatWasDeletedDoesNotReturn() {
    wrote("a", A, 0, 1);
    deleted(B, 2, 3, A);
    endsWith(sees(A, B), Map.of(A, "a", B, "b"));
    failsWith("what was superseded returned");
  }

  @Test
  void whatWasDeletedDoesNotReturnInARead() {
    wrote("a", A, 0, 1);
    deleted(B, 2, 3, A);
    read(4, 5, sees(A, B), "a");
    endsWithDeletion(sees(A, B), B);
    failsWith("what was superseded returned");
  }

  @Test
  void aReadThatHasSeenAWriteShowsIt() {
    wrote("a", A, 0, 1);
    wrote("b", B, 0, 1);
    read(2, 3, sees(A, B), "b");
    endsWith(sees(A, B), Map.of(A, "a", B, "b"));
    failsWith("a sibling is missing");
  }

  @Test
  void aQuorumReadSeesWhatAQuorumAcknowledgedBeforeIt() {
    wrote("a", A, 0, 1);
    read(2, 3, VersionVector.EMPTY);
    endsWith(sees(A), Map.of(A, "a"));
    failsWith("a quorum read has not seen a quorum's write");
  }

  @Test
  void aReadBesideAWriteOrOfLessThanAQuorumNeedNotSeeIt() {
    wrote("a", A, 0, 4);
    read(2, 3, VersionVector.EMPTY);
    events.add(new Read(1, false, 5, 6, Context.NOTHING, List.of()));
    endsWith(sees(A), Map.of(A, "a"));
    passes();
  }

  @Test
  void aValueThatNobodyWroteFails() {
    wrote("a", A, 0, 1);
    read(2, 3, sees(A), "a", "z");
    endsWith(sees(A, B), Map.of(A, "a", B, "z"));
    failsWith("nobody wrote it");
  }

  @Test
  void replicasThatDifferFail() {
    wrote("a", A, 0, 1);
    endsWith(sees(A), Map.of(A, "a"));
    var behind = new KeyCopy("n2", sees(A, B), siblings);
    assertThat(history().violations(List.of(copy(), behind))).singleElement().asString().contains("replicas differ");
  }

  @Test
  void oneDotDoesNotNameTwoWrites() {
    wrote("a", A, 0, 1);
    wrote("b", A, 2, 3);
    endsWith(sees(A), Map.of(A, "b"));
    failsWith("one dot names two writes");
  }

  @Test
  void aDotHasTheValueThatWasWrittenUnderIt() {
    wrote("a", A, 0, 1);
    wrote("b", B, 0, 1, A);
    endsWith(sees(A, B), Map.of(B, "a"));
    failsWith("another value than was written");
  }

  @Test
  void anUnknownWriteWithAContextExcusesWhatItHasSeenAndNothingElse() {
    wrote("a", A, 0, 1);
    unknown(Optional.of("u"), Optional.of(Context.of(sees(A))));
    endsWith(sees(A, C), Map.of(C, "u"));
    passes();
    wrote("b", B, 0, 1);
    version = version.with(B);
    failsWith("an acknowledged write is lost");
  }

  @Test
  void anUnknownBlindWriteThatStandsExcusesWhatIsOlder() {
    wrote("a", A, 0, 1);
    unknown(Optional.of("u"), Optional.empty());
    endsWith(sees(A, B), Map.of(B, "u"));
    passes();
    wrote("c", C, 0, 1);
    version = version.with(C);
    failsWith("an acknowledged write is lost");
  }

  @Test
  void anUnknownBlindWriteThatDoesNotStandExcusesNothing() {
    wrote("a", A, 0, 1);
    unknown(Optional.of("u"), Optional.empty());
    endsWith(sees(A), Map.of());
    failsWith("an acknowledged write is lost");
  }

  @Test
  void whatWasAcknowledgedByALostDiskAloneMayBeLost() {
    wrote("a", A, 0, 1);
    endsWith(VersionVector.EMPTY, Map.of());
    assertThat(new KeyHistory("k", events, write -> true, write -> true).violations(List.of(copy()))).isEmpty();
  }

  private static VersionVector sees(Dot... dots) {
    return Arrays.stream(dots).map(VersionVector::of).reduce(VersionVector.EMPTY, VersionVector::merge);
  }

  /** At a quorum; it has seen these. */
  private void wrote(String value, Dot dot, long invoked, long returned, Dot... superseded) {
    add(Optional.of(value), dot, invoked, returned, superseded);
  }

  private void deleted(Dot dot, long invoked, long returned, Dot... superseded) {
    add(Optional.empty(), dot, invoked, returned, superseded);
  }

  private void add(Optional<String> value, Dot dot, long invoked, long returned, Dot... superseded) {
    var past = sees(superseded);
    var after = past.hlcOf(dot.actor()) > 0 || past.size() == 0
        ? Context.of(past.with(dot))
        : new Context(past, Optional.of(dot));
    events.add(new Write(0, value, true, Optional.of(Context.of(past)), invoked, returned, Optional.of(after)));
  }

  private void unknown(Optional<String> value, Optional<Context> given) {
    events.add(new Write(0, value, true, given, 2, KeyEvent.NEVER, Optional.empty()));
  }

  private void read(long invoked, long returned, VersionVector seen, String... values) {
    events.add(new Read(1, true, invoked, returned, Context.of(seen), List.of(values)));
  }

  private void endsWith(VersionVector seen, Map<Dot, String> values) {
    version = seen;
    values.forEach((dot, value) -> siblings.put(dot, Optional.of(value)));
  }

  private void endsWithDeletion(VersionVector seen, Dot deletion) {
    version = seen;
    siblings.put(deletion, Optional.empty());
  }

  private KeyCopy copy() {
    return new KeyCopy("n1", version, siblings);
  }

  private KeyHistory history() {
    return new KeyHistory("k", events, write -> false, write -> false);
  }

  private void passes() {
    assertThat(history().violations(List.of(copy(), new KeyCopy("n2", version, siblings)))).isEmpty();
  }

  private void failsWith(String law) {
    assertThat(history().violations(List.of(copy(), copy()))).isNotEmpty()
        .anySatisfy(violation -> assertThat(violation).contains(law));
  }
}
