package dev.torc.verticles;

import dev.torc.cluster.membership.Address;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberState;
import dev.torc.engine.NodeIdentity;
import dev.torc.engine.RocksEngine;
import dev.torc.verticles.Inquiry.Answer;
import dev.torc.verticles.config.NodeConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node whose data directory is empty may have been a member before: its disk was lost. If a seed knows a member of this very name and address, this node is that one again, with
 * everything to fetch from the other replicas. Nobody else can be it, since nobody else can listen there. Asked once, before anything of the node runs; with no seed to answer the
 * directory is that of a new node.
 *
 * <p>The complication is that all nodes may start at once, so that nobody can answer yet. The new node is then a stranger to the others, and hears so before it has served anything. That is the
 * time to ask again, now of members that run.
 */
final class FormerSelf {
  private static final Logger LOG = LoggerFactory.getLogger(FormerSelf.class);
  private static final int TRIES = 10;
  private static final long PAUSE_MILLIS = 200;

  private final NodeConfig config;
  private final Inquiry inquiry;

  /** @param among whom it is known */
  private record Known(Member self, List<Member> among) {}

  FormerSelf(NodeConfig config, Inquiry inquiry) {
    this.config = config;
    this.inquiry = inquiry;
  }

  /** Blocks, for two seconds at most. */
  void comeBack() {
    if (NodeIdentity.isIn(config.data())) {
      return;
    }
    known(inquiry.ask(inquiry.seeds())).ifPresent(known -> {
      NodeIdentity.comeBack(config.data(), known.self.id(), known.self.generation(), MembersFile.NAME,
          MembersFile.encode(known.among));
      LOG.warn(
          "{} is empty, and {} was a member of this name and address: this node takes its place again and fetches all"
              + " that it held from the other replicas",
          config.data(), known.self.id());
    });
  }

  /**
   * What a node does that began as a new one and was refused by a cluster which runs. Blocks until a member of it answers, for some seconds at most.
   *
   * @param refusal what it heard
   * @throws StartException if it is nobody whom they know, or has bound itself to other founders before
   */
  void comeBackRefused(String refusal) {
    var known = isNew() ? known(answersOfMembers()) : Optional.<Known>empty();
    if (known.isEmpty()) {
      throw new StartException(refusal);
    }
    var former = known.get().self;
    RocksEngine.setStrangerAside(config.data(), FileTime.now());
    NodeIdentity.comeBack(config.data(), former.id(), former.generation(), MembersFile.NAME,
        MembersFile.encode(known.get().among));
    LOG.warn(
        "{} is that of a new node, which the cluster refuses, and {} was a member of this name and address: this node"
            + " takes its place again and fetches all that it held from the other replicas",
        config.data(), former.id());
  }

  /** Whether the directory is that of a node which was never part of anything. */
  private boolean isNew() {
    if (!NodeIdentity.isIn(config.data())) {
      return true;
    }
    var self = NodeIdentity.inDirectory(config.data()).id();
    return RocksEngine.kept(config.data(), MembersFile.NAME).map(MembersFile::decode).orElse(List.of()).stream()
        .filter(member -> member.id().equals(self)).allMatch(member -> member.founders() == 0);
  }

  /** A member that has only just started may not have told its connections yet whom it knows. */
  private List<Answer> answersOfMembers() {
    var answers = inquiry.ask(inquiry.seeds());
    for (int tried = 1; tried < TRIES && answers.stream().noneMatch(FormerSelf::isOfMember); tried++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
      answers = inquiry.ask(inquiry.seeds());
    }
    return answers;
  }

  /** Who is no member yet may know of strangers, such as this very node in its present life; a member takes none. */
  private static boolean isOfMember(Answer answer) {
    return answer.entries().stream().anyMatch(member -> member.state() == MemberState.NORMAL && member.hasPosition())
        && answer.entries().stream().noneMatch(member -> member.founders() == 0);
  }

  private Optional<Known> known(List<Answer> answers) {
    return answers.stream().filter(FormerSelf::isOfMember)
        .flatMap(
            answer -> answer.entries().stream().filter(this::isThis).map(self -> new Known(self, answer.entries())))
        .max(Comparator.comparingLong(known -> known.self.generation()));
  }

  private boolean isThis(Member member) {
    return member.state() == MemberState.NORMAL && member.hasPosition() && member.name().equals(config.name())
        && new Address(member.host(), member.peerPort()).equals(inquiry.self());
  }
}
