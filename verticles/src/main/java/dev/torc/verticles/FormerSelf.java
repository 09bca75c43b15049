package dev.torc.verticles;

import dev.torc.cluster.membership.Address;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberState;
import dev.torc.engine.NodeIdentity;
import dev.torc.verticles.config.NodeConfig;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node whose data directory is empty may have been a member before: its disk was lost. If a seed knows a member of this very name and address, this node is that one again, with
 * everything to fetch from the other replicas. Nobody else can be it, since nobody else can listen there. Asked once, before anything of the node runs; with no seed to answer the
 * directory is that of a new node.
 */
final class FormerSelf {
  private static final Logger LOG = LoggerFactory.getLogger(FormerSelf.class);

  private final NodeConfig config;
  private final Inquiry inquiry;

  FormerSelf(NodeConfig config, Inquiry inquiry) {
    this.config = config;
    this.inquiry = inquiry;
  }

  /** Blocks, for two seconds at most. */
  void comeBack() {
    if (NodeIdentity.isIn(config.data())) {
      return;
    }
    var answers = inquiry.ask(inquiry.seeds());
    answers.stream().flatMap(answer -> answer.entries().stream()).filter(this::isThis)
        .max(Comparator.comparingLong(Member::generation))
        .ifPresent(last -> {
          var members = answers.stream().filter(answer -> answer.entries().contains(last)).findFirst().orElseThrow()
              .entries();
          NodeIdentity.comeBack(config.data(), last.id(), last.generation(), MembersFile.NAME,
              MembersFile.encode(members));
          LOG.warn(
              "{} is empty, and {} was a member of this name and address: this node takes its place again and fetches"
                  + " all that it held from the other replicas",
              config.data(), last.id());
        });
  }

  private boolean isThis(Member member) {
    return member.state() == MemberState.NORMAL && member.hasPosition() && member.name().equals(config.name())
        && new Address(member.host(), member.peerPort()).equals(inquiry.self());
  }
}
