package dev.torc.cluster.membership;

import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.ring.PositionTable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How a cluster comes to be, without a leader: a function of what one founder knows.
 *
 * <p>Each node is told how many founders to expect. When it knows exactly so many, it binds itself, once and for ever, to that very set: it publishes the set's
 * digest and its own position, its rank among the founders by id (each taking as many positions as it weighs). When all of the set have published the
 * same digest, the cluster is formed. So two different sets can never both form while they share a node, however messages are lost or late; and
 * positions never overlap, because equal digests mean equal ranks. A founder that sees that it is too late, that there are too many, or that another is bound
 * to another set, says so and stops: no later message could mend that.
 */
final class Founding {

  /** What to do now. */
  sealed interface Verdict {
    record Wait() implements Verdict {}

    record Publish(int position, long founders) implements Verdict {}

    record Form() implements Verdict {}

    record Refuse(String reason) implements Verdict {}
  }

  private static final Verdict WAIT = new Verdict.Wait();

  private Founding() {}

  /** @param members all that the founder {@code self} knows, itself among them */
  static Verdict judge(Member self, Collection<Member> members, int expect) {
    if (self.state() == MemberState.LEFT) {
      return new Verdict.Refuse("this node left the cluster for good; a new one needs an empty data directory");
    }
    for (Member member : members) {
      if (member.state() == MemberState.NORMAL && member.founders() != self.founders()) {
        return new Verdict.Refuse(
            "the cluster runs already (" + member.name() + " at " + member.host() + ":" + member.peerPort()
                + " is in its ring); joining a running cluster is not possible yet");
      }
    }
    return self.founders() == 0 ? beforePublishing(self, members, expect) : afterPublishing(self, members);
  }

  private static Verdict beforePublishing(Member self, Collection<Member> members, int expect) {
    if (members.size() > expect) {
      return new Verdict.Refuse(members.size() + " nodes want to found a cluster of " + expect + ": " + names(members));
    }
    if (members.size() < expect) {
      return WAIT;
    }
    int positions = members.stream().mapToInt(Member::weight).sum();
    if (positions > PositionTable.MAX_POSITIONS) {
      return new Verdict.Refuse(
          "the founders' weights add up to " + positions + ", more than " + PositionTable.MAX_POSITIONS);
    }
    int position = members.stream().filter(member -> member.id().compareTo(self.id()) < 0).mapToInt(Member::weight)
        .sum();
    return new Verdict.Publish(position, digest(members));
  }

  private static Verdict afterPublishing(Member self, Collection<Member> members) {
    boolean agreed = true;
    for (Member member : members) {
      if (member.founders() != 0 && member.founders() != self.founders()) {
        return new Verdict.Refuse(member.name() + " at " + member.host() + ":" + member.peerPort()
            + " founds a cluster with other nodes than "
            + names(members));
      }
      agreed &= member.founders() == self.founders();
    }
    return agreed ? new Verdict.Form() : WAIT;
  }

  /** Never 0. FNV-1a over ids and weights, by id. */
  static long digest(Collection<Member> members) {
    long digest = 0xcbf29ce484222325L;
    List<Member> sorted = members.stream().sorted(Comparator.comparing(Member::id)).toList();
    for (Member member : sorted) {
      for (int shift = 0; shift < 64; shift += 8) {
        digest = (digest ^ member.id().value() >>> shift & 0xff) * 0x100000001b3L;
      }
      digest = (digest ^ member.weight()) * 0x100000001b3L;
    }
    return digest == 0 ? 1 : digest;
  }

  private static String names(Collection<Member> members) {
    return String.join(", ",
        members.stream().limit(20).map(member -> member.name() + " (" + member.id() + ")").toList());
  }
}
