package dev.torc.verticles;

import dev.torc.cluster.membership.Address;
import dev.torc.cluster.message.Member;
import dev.torc.cluster.message.MemberState;
import dev.torc.cluster.ring.NodeId;
import dev.torc.engine.DirectoryLock;
import dev.torc.engine.NodeIdentity;
import dev.torc.engine.RocksEngine;
import dev.torc.verticles.Inquiry.Answer;
import dev.torc.verticles.config.NodeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data directory may be an older copy: a backup that was put back, a snapshot. What the node promised, acknowledged and deleted since is not in it, and to write under the
 * names that it had then would kill what others acknowledged. Each start raises the
 * node's generation, on disk before anybody hears of it; so if another member knows of a generation that this directory does not know of, the directory is not the latest.
 *
 * <p>Such a database is set aside whole, and the node begins as one whose disk was lost. Its records would only bring back what was deleted and forgotten since, its hints
 * likewise; whatever else is in them the other replicas have.
 *
 * <p>Two processes may also run on copies of one directory. To such a twin, if it answers where the others know this node to be, this one leaves the field.
 */
final class OlderCopy {
  private static final Logger LOG = LoggerFactory.getLogger(OlderCopy.class);

  private final NodeConfig config;
  private final Inquiry inquiry;

  OlderCopy(NodeConfig config, Inquiry inquiry) {
    this.config = config;
    this.inquiry = inquiry;
  }

  /**
   * Before the directory is opened. Blocks, for two seconds at most.
   *
   * @param laterLife the generation of another life of this node, if one is known that this directory knows nothing of; otherwise the other members are asked
   * @return whether it is certain that the database is the latest: it has just begun, or another member has said so, or there is none
   * @throws StartException if another process of this identity runs
   */
  boolean setAside(OptionalLong laterLife) {
    if (!NodeIdentity.isIn(config.data())) {
      return true;
    }
    // Whose directory this is runs already, and is no twin: who looks for one asks the others about itself.
    DirectoryLock.take(config.data()).close();
    var identity = NodeIdentity.inDirectory(config.data());
    var members = RocksEngine.kept(config.data(), MembersFile.NAME).map(MembersFile::decode).orElse(List.of());
    var self = identity.id();
    var others = others(members, self);
    var said = inquiry.ask(others).stream().flatMap(answer -> answer.entries().stream())
        .filter(entry -> entry.id().equals(self)).toList();
    refuseTwin(said, self);
    long last = Math.max(identity.generation(),
        generation(members.stream().filter(it -> it.id().equals(self)).toList()));
    long known = Math.max(generation(said), laterLife.orElse(0));
    if (known > last || laterLife.isPresent()) {
      var aside = RocksEngine.setOlderCopyAside(config.data(), Math.max(known, last), FileTime.now());
      LOG.warn(
          "{} is an older copy: the other members know generation {} of this node, it only {}. Its database was set"
              + " aside as {}, and all that the node held is fetched from the other replicas",
          config.data(), known, last,
          aside.getFileName());
      return true;
    }
    return !said.isEmpty() || others.isEmpty();
  }

  /**
   * While the node runs, in doubt. Blocks, for two seconds at most.
   *
   * @param self as it is known to others now
   * @return whether any of them knows of it, and of no life that it does not know of; who does says so to it as well
   */
  boolean isConfirmed(Member self) {
    var members = RocksEngine.kept(config.data(), MembersFile.NAME).map(MembersFile::decode).orElse(List.of());
    return inquiry.ask(others(members, self.id())).stream().flatMap(answer -> answer.entries().stream())
        .filter(entry -> entry.id().equals(self.id()))
        .anyMatch(entry -> entry.generation() < self.generation()
            || entry.generation() == self.generation() && !entry.isOfAnotherLifeThan(self));
  }

  private List<Address> others(List<Member> members, NodeId self) {
    var others = new ArrayList<>(inquiry.seeds());
    members.stream().filter(member -> !member.id().equals(self) && member.state() != MemberState.LEFT)
        .map(OlderCopy::address).forEach(others::add);
    return others;
  }

  /** Who answers at another address as this very member is no node that took the address over. */
  private void refuseTwin(List<Member> said, NodeId self) {
    var elsewhere = said.stream().map(OlderCopy::address).filter(address -> !address.equals(inquiry.self())).toList();
    if (elsewhere.isEmpty()) {
      return;
    }
    for (var answer : inquiry.ask(elsewhere)) {
      if (isOf(self, answer)) {
        throw new StartException("another process runs as this node, " + self + ", at " + answer.from()
            + ": " + config.data() + " is a copy of its directory. Two of them would destroy each other's work; remove"
            + " the copy, and start here with an empty directory");
      }
    }
  }

  private static boolean isOf(NodeId self, Answer answer) {
    var there = answer.entries().stream()
        .filter(entry -> entry.state() != MemberState.LEFT && address(entry).equals(answer.from())).map(Member::id)
        .toList();
    return there.equals(List.of(self));
  }

  private static long generation(List<Member> entries) {
    return entries.stream().mapToLong(Member::generation).max().orElse(0);
  }

  private static Address address(Member member) {
    return new Address(member.host(), member.peerPort());
  }
}
