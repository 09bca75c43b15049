package dev.torc.cluster.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.effect.Effect.Event;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Outcome.Reason;
import dev.torc.cluster.message.PeerMessage;
import dev.torc.cluster.ring.Ring;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.time.Hlc;
import dev.torc.protocol.command.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a coordinator does for its peers, and what it refuses to do. */
class DutyTranscriptTest extends Transcript {
  private static final long ORIGIN = 5;
  private static final long THEIRS = 31;

  @Test
  void aStepForAPeerIsDoneAndAnsweredUnderThePeersId() {
    says(perform(now.wallMillis()), store(0, fetch()));
    says(stores(0, held(NOTHING)), answer(new PeerMessage.Performed(THEIRS, 0, held(NOTHING))));
    nothingIsOpen();
  }

  @Test
  void aStepThatComesAfterItsDeadlineAndTheSkewIsRefused() {
    long deadline = now.wallMillis() - SKEW;
    assertThat(perform(deadline)).hasSize(1);
    says(perform(deadline - 1), announce(Event.REFUSED_LATE), answer(new PeerMessage.Performed(THEIRS, 0,
        failed(StoreAnswer.Cause.LATE, "the request arrived after its deadline"))));
  }

  @Test
  void aWriteIsCoordinatedForANodeThatIsNoReplica() {
    says(forward(now.wallMillis()), store(1, put("v")));
    var mine = record("v", 9, 1);
    stores(1, stored(mine));
    says(answers(2, merged()), answer(new PeerMessage.Forwarded(THEIRS, 1, written(mine))));
  }

  @Test
  void aLateForwardIsRefusedAndSoNotApplied() {
    says(forward(now.wallMillis() - SKEW - 1), announce(Event.REFUSED_LATE), answer(new PeerMessage.Forwarded(THEIRS,
        0, new Outcome.Refused(Reason.BUSY, "the request arrived after its deadline"))));
  }

  @Test
  void aForwardIsNotForwardedAgain() {
    coordinator = coordinator(ring(3, B, C, D), 100, B, C, D);
    says(forward(now.wallMillis()), answer(new PeerMessage.Forwarded(THEIRS, 0,
        new Outcome.Refused(Reason.BUSY, "the nodes do not agree on the ring yet"))));
  }

  @Test
  void beyondItsLimitACoordinatorIsBusy() {
    coordinator = coordinator(THREE, 1, B, C);
    ask(read(Level.QUORUM));
    var busy = new Outcome.Refused(Reason.BUSY, "more than 1 requests are waiting");
    says(ask(read(Level.QUORUM)), reply(busy));
    says(forward(now.wallMillis()), answer(new PeerMessage.Forwarded(THEIRS, 0, busy)));
    assertThat(perform(now.wallMillis())).as("a replica's duties are not requests").hasSize(1);
  }

  @Test
  void beforeThereIsARingNothingIsServed() {
    coordinator = coordinator(Ring.empty(), 100);
    says(ask(read(Level.ONE)), reply(new Outcome.Refused(Reason.LOADING, "the cluster is forming")));
    coordinator.onRing(THREE);
    assertThat(ask(read(Level.ONE))).containsExactly(store(1, fetch()));
  }

  @Test
  void aNodeWhoseClockIsOffCoordinatesNothingAndStillServesAsAReplica() {
    coordinator.onClock(false);
    var off = new Outcome.Refused(Reason.CLOCK, "this node's clock is too far from its peers', ask another node");
    says(ask(read(Level.ONE)), reply(off));
    says(forward(now.wallMillis()), answer(new PeerMessage.Forwarded(THEIRS, 0, off)));
    assertThat(perform(now.wallMillis())).hasSize(1);
    coordinator.onClock(true);
    assertThat(ask(read(Level.ONE))).hasSize(1);
  }

  @Test
  void aForwardBeforeThereIsARingIsRefused() {
    coordinator = coordinator(Ring.empty(), 100);
    says(forward(now.wallMillis()), answer(new PeerMessage.Forwarded(THEIRS, 0,
        new Outcome.Refused(Reason.BUSY, "the nodes do not agree on the ring yet"))));
  }

  @Test
  void aPeersClockIsFollowedWithinTheSkewAndReportedBeyond() {
    long near = Hlc.atMillis(now.wallMillis() + SKEW);
    long far = Hlc.atMillis(now.wallMillis() + SKEW + 1);
    says(coordinator.onPeerMessage(ORIGIN, new PeerMessage.Performed(1, near, merged()), now));
    says(coordinator.onPeerMessage(ORIGIN, new PeerMessage.Performed(1, far, merged()), now),
        announce(Event.CLOCK_TOO_FAR_AHEAD));
    ask(write("v", Level.ONE));
    var effects = stores(1, stored(record("v", 9, 1)));
    assertThat(((Effect.Send) effects.getFirst()).message().hlc()).isEqualTo(near);
  }

  @Test
  void answersThatNobodyWaitsForAreIgnored() {
    says(answers(500, held(NOTHING)));
    says(stores(500, held(NOTHING)));
    says(undelivered(500));
    says(coordinator.onPeerMessage(0,
        new PeerMessage.Forwarded(500, 0, new Outcome.Uncertain("of somebody else's")), now));
  }

  private List<Effect> perform(long deadline) {
    return coordinator.onPeerMessage(ORIGIN, new PeerMessage.Perform(THEIRS, deadline, 0, fetch()), now);
  }

  private List<Effect> forward(long deadline) {
    return coordinator.onPeerMessage(ORIGIN, new PeerMessage.Forward(THEIRS, deadline, 0, write("v", Level.QUORUM)),
        now);
  }

  private static Effect answer(PeerMessage message) {
    return new Effect.Answer(ORIGIN, message);
  }
}
