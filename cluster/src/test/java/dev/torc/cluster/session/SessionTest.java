package dev.torc.cluster.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.time.Hlc;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.VersionVector;
import dev.torc.cluster.wire.ByteWriter;
import dev.torc.cluster.wire.SealedText;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000;
  private static final Key KEY = Key.of(Bytes.of("a"));

  private final Session session = new Session();

  private static VersionVector version(long actor, long hlc) {
    return VersionVector.of(new Dot(actor, hlc));
  }

  private void writeOthers(int count, Level level) {
    for (int i = 0; i < count; i++) {
      session.onWritten(Key.of(Bytes.of("other" + i)), Context.of(version(1, 100 + i)), level, 3);
    }
  }

  private SessionToken.Reading read(Bytes token, long now) {
    return SessionToken.read(token, now, HOUR, 5_000);
  }

  @Test
  void whatWasSeenOfAKeyIsRememberedAndItsLevelStaysAsAsked() {
    session.onRead(KEY, version(1, 7), Level.ONE, 3);
    session.onWritten(KEY, Context.of(version(2, 9)), Level.ONE, 3);
    assertThat(session.seen(KEY)).isEqualTo(Context.of(version(1, 7).merge(version(2, 9))));
    assertThat(session.atLeast(Level.ONE, KEY, 3)).isEqualTo(Level.ONE);
    assertThat(session.greatestHlc()).isEqualTo(9);
  }

  @Test
  void ofAKeyThatHasFallenOutAQuorumIsReadIfAllWasOnQuorumsAndElseAll() {
    session.onWritten(KEY, Context.of(version(1, 7)), Level.QUORUM, 3);
    writeOthers(Session.MAX_KEYS, Level.ONE);
    assertThat(session.seen(KEY)).isEqualTo(Context.NOTHING);
    assertThat(session.atLeast(Level.ONE, KEY, 3)).isEqualTo(Level.QUORUM);
    assertThat(session.atLeast(new Level.Count(1), KEY, 3)).isEqualTo(Level.QUORUM);
    assertThat(session.atLeast(Level.LOCAL_QUORUM, KEY, 3)).isEqualTo(Level.QUORUM);
    assertThat(session.atLeast(new Level.Count(2), KEY, 3)).isEqualTo(new Level.Count(2));
    assertThat(session.isBeyondQuorum(KEY)).isFalse();
    session.onWritten(KEY, Context.of(version(1, 8)), Level.ONE, 3);
    writeOthers(Session.MAX_KEYS, Level.QUORUM);
    assertThat(session.atLeast(Level.QUORUM, KEY, 3)).isEqualTo(Level.ALL);
    assertThat(session.isBeyondQuorum(KEY)).isTrue();
  }

  @Test
  void whatAQuorumHeldIsReapedIfAQuorumLacksItAndWhatLessHeldIfAllDo() {
    session.onRead(KEY, version(1, 7), Level.QUORUM, 3);
    assertThat(session.provesReaped(KEY, 3, 8)).isEqualTo(2);
    assertThat(session.provesReaped(KEY, 3, 7)).isZero();
    session.onWritten(KEY, Context.of(version(2, 7)), Level.ONE, 3);
    assertThat(session.provesReaped(KEY, 3, 8)).isEqualTo(3);
    assertThat(session.provesReaped(Key.of(Bytes.of("other")), 3, 8)).isZero();
  }

  @Test
  void whatOnlyAStandInHeldIsProvenReapedByNobody() {
    session.onWritten(KEY, Context.of(version(1, 7)), Level.SLOPPY, 3);
    assertThat(session.provesReaped(KEY, 3, 8)).isZero();
    session.onRead(KEY, version(1, 7), Level.ONE, 3);
    assertThat(session.provesReaped(KEY, 3, 8)).isEqualTo(3);
  }

  @Test
  void ofWhatWasReapedNothingIsRememberedUnlessMoreWasSeenMeanwhile() {
    session.onRead(KEY, version(1, 7), Level.ONE, 3);
    session.onReaped(KEY, Context.of(version(1, 6)));
    assertThat(session.seen(KEY)).isEqualTo(Context.of(version(1, 7)));
    session.onReaped(KEY, Context.of(version(1, 7)));
    assertThat(session.seen(KEY)).isEqualTo(Context.NOTHING);
    session.onRead(KEY, version(3, 9), Level.QUORUM, 3);
    assertThat(session.seen(KEY)).isEqualTo(Context.of(version(3, 9)));
  }

  @Test
  void aQuorumThatComesAfterWhatWasSeenIsEnoughBeforeAStrongOperationAndAllWhereItFellOut() {
    session.onWritten(KEY, Context.of(version(1, 7)), Level.ONE, 3);
    assertThat(session.isBeyondQuorum(KEY)).isTrue();
    assertThat(session.beforeStrong(KEY)).isEqualTo(Level.QUORUM);
    writeOthers(Session.MAX_KEYS, Level.QUORUM);
    assertThat(session.beforeStrong(KEY)).isEqualTo(Level.ALL);
  }

  @Test
  void aSingleDotIsKeptBesideTheVersionAndCoveredInABound() {
    var seen = new Context(version(1, 7), Optional.of(new Dot(1, 9)));
    session.onWritten(KEY, seen, Level.QUORUM, 3);
    assertThat(session.seen(KEY)).isEqualTo(seen);
    assertThat(Session.bound(seen, Context.of(version(2, 3))))
        .isEqualTo(Context.of(version(1, 9).merge(version(2, 3))));
    session.onWritten(KEY, new Context(version(1, 7), Optional.of(new Dot(1, 12))), Level.QUORUM, 3);
    assertThat(session.seen(KEY)).isEqualTo(new Context(version(1, 7), Optional.of(new Dot(1, 12))));
  }

  @Test
  void aTokenTellsTheWholeSession() {
    session.onWritten(KEY, new Context(version(1, 7), Optional.of(new Dot(1, 9))), Level.ONE, 3);
    writeOthers(Session.MAX_KEYS + 9, Level.QUORUM);
    var resumed = ((SessionToken.Good) read(SessionToken.write(session, NOW), NOW + 1)).session();
    assertThat(resumed.keys()).containsExactlyEntriesOf(session.keys());
    assertThat(resumed.quorumBuckets()).isEqualTo(session.quorumBuckets());
    assertThat(resumed.weakBuckets()).isEqualTo(session.weakBuckets());
    assertThat(resumed.greatestHlc()).isEqualTo(session.greatestHlc());
  }

  @Test
  void aTokenIsBoundedAndWhatFindsNoRoomIsToldByItsBucket() {
    var actors = LongStream.range(1, 200).toArray();
    for (int i = 0; i < Session.MAX_KEYS; i++) {
      var version = VersionVector.ofSorted(actors.clone(), actors.clone());
      session.onWritten(Key.of(Bytes.of("k" + i)), Context.of(version), Level.ONE, 3);
    }
    var token = SessionToken.write(session, NOW);
    assertThat(token.size()).isLessThanOrEqualTo(SessionToken.MAX_CHARS);
    var resumed = ((SessionToken.Good) read(token, NOW)).session();
    for (int i = 0; i < Session.MAX_KEYS; i++) {
      var key = Key.of(Bytes.of("k" + i));
      assertThat(!resumed.seen(key).isNothing() || resumed.atLeast(Level.ONE, key, 3) == Level.ALL).isTrue();
    }
    assertThat(resumed.seen(Key.of(Bytes.of("k63")))).isEqualTo(session.seen(Key.of(Bytes.of("k63"))));
  }

  @Test
  void aTokenExpiresAndOneOfTheFutureIsRefused() {
    session.onWritten(KEY, Context.of(version(1, Hlc.atMillis(NOW))), Level.QUORUM, 3);
    var token = SessionToken.write(session, NOW);
    assertThat(read(token, NOW + HOUR)).isInstanceOf(SessionToken.Good.class);
    assertThat(read(token, NOW + 2 * HOUR)).isEqualTo(
        new SessionToken.Bad("the session token has expired: it is 2 h old, allowed is 1 h"));
    assertThat(read(token, NOW - 5_000)).isInstanceOf(SessionToken.Good.class);
    assertThat(read(token, NOW - 5_001)).isEqualTo(
        new SessionToken.Bad("the session token is further ahead than the clocks may differ"));
  }

  @Test
  void noBytesMakeATokenThrowAndACutOneIsNone() {
    writeOthers(5, Level.ONE);
    var token = SessionToken.write(session, NOW);
    for (int size = 0; size < token.size(); size++) {
      assertThat(read(token.slice(0, size), NOW)).isInstanceOf(SessionToken.Bad.class);
    }
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(4711);
    for (int i = 0; i < 20_000; i++) {
      var bytes = new byte[random.nextInt(120)];
      random.nextBytes(bytes);
      Arrays.fill(bytes, 0, Math.min(bytes.length, 18), (byte) 0);
      read(Bytes.of(bytes), NOW);
      read(SealedText.write(SealedText.Kind.SESSION, new ByteWriter(120).raw(bytes, 0, bytes.length), Bytes.EMPTY),
          HOUR / 2);
    }
    assertThat(read(SealedText.write(SealedText.Kind.CONTEXT, new ByteWriter(16), Bytes.EMPTY), NOW))
        .isEqualTo(new SessionToken.Bad("this is a context, wanted is a session token"));
  }

  @Test
  void twoSessionsTogetherHaveSeenWhatBothHave() {
    session.onWritten(KEY, Context.of(version(1, 7)), Level.QUORUM, 3);
    var other = new Session();
    other.onRead(KEY, version(2, 9), Level.ONE, 3);
    session.join(other);
    assertThat(session.seen(KEY)).isEqualTo(Context.of(version(1, 7).merge(version(2, 9))));
    assertThat(session.isBeyondQuorum(KEY)).isTrue();
  }
}
