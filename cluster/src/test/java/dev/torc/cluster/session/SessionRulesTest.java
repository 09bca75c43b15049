package dev.torc.cluster.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.ReadBound;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.message.Terms;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Causality;
import dev.torc.cluster.version.Content;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.StoredRecord;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import org.junit.jupiter.api.Test;

class SessionRulesTest {
  private static final Key KEY = Key.of(Bytes.of("k"));
  private static final Dot DOT = new Dot(1, 7);
  private static final Context SEEN = Context.of(VersionVector.of(DOT));
  private static final Request.Write SLOPPY = new Request.Write(KEY, Content.of(Bytes.of("v")), false, Causality.BLIND,
      Terms.of(Level.SLOPPY));

  private final Session session = new Session();
  private final SessionRules rules = new SessionRules(session, 5, 3, 100);

  @Test
  void aReadOfWhatMayHaveBeenReapedIsAnsweredWhenThatIsProven() {
    rules.learn(new Request.Read(KEY, Level.QUORUM), found(StoredRecord.EMPTY.update(VersionVector.EMPTY, DOT,
        Content.of(Bytes.of("v"))), 2));
    var read = rules.read(new Request.Read(KEY, Level.ONE));
    assertThat(read.bound()).isEqualTo(new ReadBound(SEEN, ReadBound.ANY_AGE, false, 2));
    assertThat(read.level()).isEqualTo(Level.ONE);
    rules.learn(read, found(StoredRecord.EMPTY, 2));
    assertThat(rules.read(new Request.Read(KEY, Level.ONE)).bound()).isEqualTo(ReadBound.NONE);
  }

  @Test
  void whatTheClientSaysBesideIsNeverTakenForReaped() {
    rules.learn(SLOPPY, new Outcome.Written(DOT, false, SEEN, 2));
    var after = new ReadBound(SEEN, ReadBound.ANY_AGE, false);
    assertThat(rules.read(new Request.Read(KEY, Terms.of(Level.ONE), after)).bound().provesReaped()).isZero();
  }

  @Test
  void aSloppyWriteIsOneOfAQuorumIfTheReplicasThemselvesAreOne() {
    rules.learn(SLOPPY, new Outcome.Written(DOT, false, SEEN, 2));
    assertThat(rules.before(strong())).isEmpty();
  }

  @Test
  void oneThatStandInsTookIsBroughtToAQuorumBeforeAStrongOperationWhoeverIsAway() {
    rules.learn(SLOPPY, new Outcome.Written(DOT, false, SEEN, 1));
    var before = rules.before(strong()).orElseThrow();
    assertThat(before.level()).isEqualTo(Level.QUORUM);
    assertThat(before.bound()).isEqualTo(new ReadBound(SEEN, ReadBound.ANY_AGE, false, 3));
    rules.learn(before, found(StoredRecord.EMPTY.update(VersionVector.EMPTY, DOT, Content.of(Bytes.of("v"))), 2));
    assertThat(rules.before(strong())).isEmpty();
  }

  private static Request strong() {
    return new Request.Read(KEY, Level.STRONG);
  }

  private static Outcome found(StoredRecord record, int replicas) {
    return new Outcome.Found(record, replicas, Outcome.Found.UNKNOWN_AGE);
  }
}
