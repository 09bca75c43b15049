package dev.torc.cluster.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.protocol.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of versions, told with two replicas A and B. */
class RecordStoriesTest {
  private static final long A = 10;
  private static final long B = 20;

  @Test
  void whoHasReadAValueReplacesItAndWhoHasNotStandsBesideIt() {
    var one = write(StoredRecord.EMPTY, VersionVector.EMPTY, A, 5, "Mary's");
    var two = write(one, one.version(), A, 9, "Peter's, who read Mary's");
    var three = write(two, one.version(), A, 12, "Ann's, who read Mary's too");
    assertThat(values(two)).containsExactly("Peter's, who read Mary's");
    assertThat(values(three)).containsExactly("Peter's, who read Mary's", "Ann's, who read Mary's too");
    assertThat(values(write(three, three.version(), A, 13, "Peter's, who read both")))
        .containsExactly("Peter's, who read both");
  }

  /** Rule 1. Between 5 and 900 there are no dots, and nobody takes 899 for one. */
  @Test
  void dotsAreExplicitForReadingsHaveGaps() {
    var atA = write(write(StoredRecord.EMPTY, VersionVector.EMPTY, A, 5, "old"), VersionVector.EMPTY, A, 900, "new");
    assertThat(atA.siblings()).extracting(Sibling::dot).containsExactly(new Dot(A, 5), new Dot(A, 900));
    var onlyNew = write(StoredRecord.EMPTY, VersionVector.EMPTY, A, 5, "old").merge(atA);
    assertThat(onlyNew).isEqualTo(atA);
  }

  /** Rule 2. The entry A → 9 claims that 7 was seen too, so an A that forgot 7 makes it vanish elsewhere. */
  @Test
  void anActorThatForgotKillsWhatOthersHold() {
    var kept = write(StoredRecord.EMPTY, VersionVector.EMPTY, A, 7, "acknowledged");
    var sameName = write(StoredRecord.EMPTY, VersionVector.EMPTY, A, 9, "after the disk was rolled back");
    var newName = write(StoredRecord.EMPTY, VersionVector.EMPTY, 11, 9, "after the disk was rolled back");
    assertThat(values(kept.merge(sameName))).doesNotContain("acknowledged");
    assertThat(values(kept.merge(newName))).contains("acknowledged");
  }

  /** Rule 3. The version vector says that the sibling which was left out had been seen. */
  @Test
  void aRecordIsReplicatedWhole() {
    var atA = write(write(StoredRecord.EMPTY, VersionVector.EMPTY, A, 1, "first"), VersionVector.EMPTY, A, 2, "second");
    var lone = new StoredRecord(atA.version(), List.of(atA.siblings().getLast()));
    var atB = write(StoredRecord.EMPTY, VersionVector.EMPTY, A, 1, "first");
    assertThat(values(atB.merge(lone))).containsExactly("second");
    assertThat(values(atB.merge(atA))).containsExactly("first", "second");
  }

  @Test
  void concurrentWritesAtTwoReplicasAreBothKept() {
    var atA = write(StoredRecord.EMPTY, VersionVector.EMPTY, A, 1, "A's");
    var atB = write(StoredRecord.EMPTY, VersionVector.EMPTY, B, 2, "B's");
    assertThat(values(atA.merge(atB))).containsExactly("A's", "B's");
    assertThat(atA.merge(atB).latest().orElseThrow().dot()).isEqualTo(new Dot(B, 2));
  }

  @Test
  void aDeleteStandsAgainstAConcurrentWriteAndTheLaterIsTheLatest() {
    var value = write(StoredRecord.EMPTY, VersionVector.EMPTY, A, 1, "v");
    var deleted = value.update(value.version(), new Dot(A, 3), Content.TOMBSTONE);
    var written = write(value, value.version(), B, 2, "w");
    var both = deleted.merge(written);
    assertThat(both.siblings()).hasSize(2);
    assertThat(both.latestLive(0)).isEmpty();
    assertThat(deleted.merge(value)).isEqualTo(deleted);
  }

  /** Rule 8. */
  @Test
  void anExpiredValueIsATombstoneOfTheSameDot() {
    var record = StoredRecord.EMPTY.update(VersionVector.EMPTY, new Dot(A, 1), Content.of(Bytes.of("v"), 100));
    assertThat(record.isLive(99)).isTrue();
    assertThat(record.isLive(100)).isFalse();
    assertThat(record.collapseExpired(99)).isSameAs(record);
    var collapsed = record.collapseExpired(100);
    assertThat(collapsed.version()).isEqualTo(record.version());
    assertThat(collapsed.siblings())
        .containsExactly(new Sibling(new Dot(A, 1), new Content(true, Bytes.EMPTY, 100)));
    assertThat(record.merge(collapsed)).isEqualTo(collapsed).isEqualTo(collapsed.merge(record));
  }

  @Test
  void aRecordHoldsNoSiblingThatItsVersionDoesNotCover() {
    var sibling = new Sibling(new Dot(A, 2), Content.TOMBSTONE);
    var version = VersionVector.of(new Dot(A, 1));
    assertThatThrownBy(() -> new StoredRecord(version, List.of(sibling))).isInstanceOf(IllegalArgumentException.class);
  }

  private static StoredRecord write(StoredRecord record, VersionVector seen, long actor, long hlc, String value) {
    return record.update(seen, new Dot(actor, hlc), Content.of(Bytes.of(value)));
  }

  private static List<String> values(StoredRecord record) {
    return record.siblings().stream().map(sibling -> sibling.content().value().text()).toList();
  }
}
