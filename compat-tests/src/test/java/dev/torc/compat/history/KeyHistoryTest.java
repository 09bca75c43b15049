package dev.torc.compat.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.VersionVector;
import dev.torc.compat.history.KeyEvent.Read;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The judge of versioned histories lets pass what keeps the promises and nothing else. */
class KeyHistoryTest extends KeyStory {
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
    events.add(new Read(1, Level.SLOPPY, 5, 6, Context.NOTHING, List.of()));
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
    var behind = new KeyCopy(1, sees(A, B), siblings);
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
  void whatWasAcknowledgedByALostDiskAloneMayBeLost() {
    wrote("a", A, 0, 1);
    endsWith(VersionVector.EMPTY, Map.of());
    assertThat(new KeyHistory("k", events, write -> true).violations(List.of(copy()))).isEmpty();
  }

  @Test
  void whatMayBeLostIsNoExcuseForAQuorumReadThatMissesAQuorumsWrite() {
    wrote("a", A, 0, 1);
    read(2, 3, VersionVector.EMPTY);
    endsWith(sees(A), Map.of(A, "a"));
    assertThat(new KeyHistory("k", events, write -> true).violations(List.of(copy()))).singleElement().asString()
        .contains("a quorum read has not seen a quorum's write");
  }
}
