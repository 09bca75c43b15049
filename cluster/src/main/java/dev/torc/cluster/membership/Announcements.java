package dev.torc.cluster.membership;

import dev.torc.cluster.membership.GossipEffect.Formed;
import dev.torc.cluster.membership.GossipEffect.MembersChanged;
import dev.torc.cluster.membership.GossipEffect.RingChanged;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.ring.RingMember;
import java.util.List;

/** What the outside was told of the table, so that it is told each change once: first what to persist, then the ring, then that it may serve. */
final class Announcements {
  private List<Member> members = List.of();
  private List<RingMember> ring = List.of();
  private boolean formed;
  /** Whether what was to be persisted last is not. */
  private boolean owed;

  void announce(MemberTable table, List<GossipEffect> effects) {
    List<Member> membersNow = List.copyOf(table.members());
    if (table.isClosed() && !stand(membersNow, members)) {
      members = membersNow;
      owed = false;
      effects.add(new MembersChanged(membersNow));
    }
    boolean formedNow = table.self().state() == MemberState.NORMAL;
    List<RingMember> ringNow = formedNow ? table.ringMembers() : List.of();
    if (!ringNow.equals(ring)) {
      ring = ringNow;
      effects.add(new RingChanged(ringNow));
    }
    if (formedNow && !formed) {
      formed = true;
      effects.add(new Formed());
    }
  }

  boolean isOwed() { return owed; }

  /** The members could not be persisted: they are told again, and so is what came behind and was not done. */
  void onUnsaved(List<GossipEffect> undone) {
    owed = true;
    members = List.of();
    for (var effect : undone) {
      if (effect instanceof RingChanged) {
        ring = List.of();
      } else if (effect instanceof Formed) {
        formed = false;
      }
    }
  }

  private static boolean stand(List<Member> now, List<Member> before) {
    boolean same = now.size() == before.size();
    for (int i = 0; same && i < now.size(); i++) {
      same = now.get(i).standsAs(before.get(i));
    }
    return same;
  }
}
