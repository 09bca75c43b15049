package dev.torc.cluster.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest {
  private static final PositionTable TABLE = PositionTable.of(128);

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8, 9, 10, 100})
  void equalNodesHaveNearlyEqualShares(int nodes) {
    Ring ring = Ring.of(equal(nodes, 1), 3, TABLE);
    double allowed = nodes <= 10 ? 0.15 : 0.25;
    for (RingMember member : ring.members()) {
      assertThat(ring.share(member.id()) * nodes).isCloseTo(1, within(allowed));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 10, 100})
  void replicasAreSpreadAsEvenlyAsPrimaries(int nodes) {
    Ring ring = Ring.of(equal(nodes, 1), 3, TABLE);
    var held = new TreeMap<NodeId, Integer>();
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      ring.preferenceList(slot).nodes().forEach(node -> held.merge(node, 1, Integer::sum));
    }
    held.values().forEach(count -> assertThat(count * nodes / (3.0 * Slot.COUNT)).isCloseTo(1, within(0.25)));
  }

  @Test
  void sharesFollowTheWeights() {
    for (int seed = 0; seed < 50; seed++) {
      var random = new Random(seed);
      var members = new ArrayList<RingMember>();
      int positions = 0;
      for (int i = 0; i < 3 + random.nextInt(8); i++) {
        int weight = 1 + random.nextInt(4);
        members.add(member(random.nextLong(), positions, weight, "z"));
        positions += weight;
      }
      Ring ring = Ring.of(members, 3, TABLE);
      for (RingMember member : members) {
        assertThat(ring.share(member.id()) * positions / member.weight()).isCloseTo(1, within(0.15));
      }
    }
  }

  @Test
  void aNodeThatIsAddedTakesLittleMoreThanItsShareAndNothingMovesBetweenTheOthers() {
    for (int nodes = 1; nodes <= 100; nodes += nodes < 12 ? 1 : 11) {
      Ring before = Ring.of(equal(nodes, nodes), 3, TABLE);
      var more = new ArrayList<>(before.members());
      RingMember newcomer = member(nodes * 7_919L + 13, nodes, 1, "z");
      more.add(newcomer);
      Ring after = Ring.of(more, 3, TABLE);
      assertOnlyThisNodeMoves(after, before, newcomer.id());
      assertThat(after.share(newcomer.id()) * (nodes + 1)).isLessThanOrEqualTo(1.3);
    }
  }

  @Test
  void aNodeThatIsRemovedMovesLittleMoreThanItsShareAndNothingMovesBetweenTheOthers() {
    for (int seed = 0; seed < 60; seed++) {
      var random = new Random(seed);
      int nodes = 2 + random.nextInt(seed % 10 == 0 ? 99 : 12);
      Ring before = Ring.of(equal(nodes, seed), 3, TABLE);
      RingMember leaver = before.members().get(random.nextInt(nodes));
      var rest = new ArrayList<>(before.members());
      rest.remove(leaver);
      Ring after = Ring.of(rest, 3, TABLE);
      assertOnlyThisNodeMoves(before, after, leaver.id());
      assertThat(before.share(leaver.id()) * nodes).isLessThanOrEqualTo(1.3);
      rest.forEach(member -> assertThat(after.share(member.id()) * (nodes - 1)).isLessThan(1.4));
    }
  }

  /** Between two rings that differ by one node, a preference list changes only where that node is in it, and else keeps its order. */
  private static void assertOnlyThisNodeMoves(Ring with, Ring without, NodeId moving) {
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      List<NodeId> expected = new ArrayList<>(with.preferenceList(slot).nodes());
      expected.remove(moving);
      List<NodeId> stayers = without.preferenceList(slot).nodes();
      assertThat(stayers.subList(0, expected.size())).isEqualTo(expected);
      if (!with.primary(slot).equals(moving)) {
        assertThat(without.primary(slot)).isEqualTo(with.primary(slot));
      }
    }
  }

  @Test
  void preferenceListsHaveDistinctNodesOfAsManyZonesAsThereAre() {
    for (int seed = 0; seed < 30; seed++) {
      var random = new Random(seed);
      int nodes = 1 + random.nextInt(12);
      int zones = 1 + random.nextInt(5);
      int replicas = 1 + random.nextInt(5);
      var members = new ArrayList<RingMember>();
      var names = new TreeMap<NodeId, String>();
      for (int i = 0; i < nodes; i++) {
        members.add(member(random.nextLong(), i, 1, "zone" + random.nextInt(zones)));
        names.put(members.get(i).id(), members.get(i).zone());
      }
      Ring ring = Ring.of(members, replicas, TABLE);
      int present = new TreeSet<>(names.values()).size();
      for (int slot = 0; slot < Slot.COUNT; slot++) {
        List<NodeId> list = ring.preferenceList(slot).nodes();
        assertThat(new TreeSet<>(list)).hasSize(Math.min(nodes, replicas));
        assertThat(list.stream().map(names::get).distinct().count()).isEqualTo(Math.min(present, list.size()));
      }
    }
  }

  @Test
  void aZoneOfTheSameNameInAnotherDataCentreIsAnother() {
    var members = List.of(new RingMember(new NodeId(1), 0, 1, "a", "east"),
        new RingMember(new NodeId(2), 1, 1, "a", "east"),
        new RingMember(new NodeId(3), 2, 1, "a", "west"));
    Ring ring = Ring.of(members, 2);
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      assertThat(ring.preferenceList(slot).contains(new NodeId(3))).isTrue();
    }
  }

  @Test
  void theRingIsAFunctionOfItsMembersInWhateverOrder() {
    List<RingMember> members = equal(9, 5);
    Ring ring = Ring.of(members, 3);
    var shuffled = new ArrayList<>(members);
    Collections.shuffle(shuffled, new Random(1));
    Ring same = Ring.of(shuffled, 3, TABLE);
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      assertThat(same.preferenceList(slot)).isEqualTo(ring.preferenceList(slot));
    }
    assertThat(same.digest()).isEqualTo(ring.digest());
    assertThat(Ring.of(members, 2).digest()).isNotEqualTo(ring.digest());
    assertThat(Ring.of(members.subList(1, 9), 3).digest()).isNotEqualTo(ring.digest());
  }

  @Test
  void everySlotIsInExactlyOneRangeOfItsPrimary() {
    Ring ring = Ring.of(equal(5, 3), 3);
    var covered = new int[Slot.COUNT];
    for (RingMember member : ring.members()) {
      int slots = 0;
      for (SlotRange range : ring.primaryRanges(member.id())) {
        slots += range.size();
        for (int slot = range.from(); slot <= range.to(); slot++) {
          covered[slot]++;
          assertThat(ring.primary(slot)).isEqualTo(member.id());
        }
      }
      assertThat(ring.share(member.id())).isEqualTo(slots / 16_384.0);
    }
    assertThat(covered).containsOnly(1);
  }

  @Test
  void rangesFollowOneAnotherAndMergeEqualNeighbours() {
    Ring ring = Ring.of(equal(4, 3), 3);
    int next = 0;
    for (SlotRange range : ring.ranges()) {
      assertThat(range.from()).isEqualTo(next);
      assertThat(next == 0 || ring.preferenceList(next) != ring.preferenceList(next - 1)).isTrue();
      next = range.to() + 1;
    }
    assertThat(next).isEqualTo(Slot.COUNT);
    assertThat(ring.primaryRanges().size()).isLessThanOrEqualTo(ring.ranges().size());
  }

  @Test
  void fallbacksAreAllTheOthers() {
    Ring ring = Ring.of(equal(7, 3), 3);
    for (int slot = 0; slot < Slot.COUNT; slot += 97) {
      var all = new ArrayList<>(ring.preferenceList(slot).nodes());
      all.addAll(ring.fallbacks(slot));
      assertThat(all).hasSize(7).doesNotHaveDuplicates();
    }
  }

  @Test
  void fewNodesHoldEverythingAndNoNodesNothing() {
    assertThat(Ring.of(equal(2, 1), 3).preferenceList(77).size()).isEqualTo(2);
    assertThat(Ring.empty().preferenceList(77)).isEqualTo(PreferenceList.EMPTY);
    assertThat(Ring.empty().ranges()).isEmpty();
    assertThat(Ring.empty().fallbacks(5)).isEmpty();
    assertThat(Ring.empty().share(new NodeId(1))).isZero();
    assertThat(PreferenceList.EMPTY.indexOf(new NodeId(1))).isEqualTo(-1);
  }

  @Test
  void ofTwoThatClaimOnePositionTheLowerIdHoldsIt() {
    Ring ring = Ring.of(List.of(member(-1, 0, 1, "z"), member(5, 0, 1, "z"), member(7, 1, 1, "z")), 3);
    assertThat(ring.share(new NodeId(-1))).isZero();
    assertThat(ring.share(new NodeId(5))).isCloseTo(0.5, within(0.05));
    assertThat(ring.preferenceList(0).size()).isEqualTo(2);
  }

  @Test
  void aThousandNodesAreBuiltInWellUnderASecondsNoticeAndAShorterTableIsAPrefix() {
    PositionTable[] table = new PositionTable[1];
    Assertions.assertTimeout(Duration.ofSeconds(5), () -> table[0] = PositionTable.of(1_000));
    for (int p = 0; p < 128; p += 9) {
      for (int i = 0; i < PositionTable.VNODES; i++) {
        assertThat(table[0].token(p, i)).isEqualTo(TABLE.token(p, i));
      }
    }
    var tokens = new TreeSet<Token>();
    for (int p = 0; p < 1_000; p++) {
      for (int i = 0; i < PositionTable.VNODES; i++) {
        tokens.add(table[0].token(p, i));
      }
    }
    assertThat(tokens).hasSize(160_000);
    Assertions.assertTimeout(Duration.ofSeconds(5), () -> Ring.of(equal(1_000, 2), 3, table[0]));
  }

  @Test
  void whatIsNoMemberIsRefused() {
    assertThatThrownBy(() -> member(1, -1, 1, "z")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> member(1, 0, 0, "z")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> member(1, PositionTable.MAX_POSITIONS, 1, "z"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ring.of(List.of(member(1, 0, 1, "z"), member(1, 1, 1, "z")), 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<RingMember> equal(int nodes, long seed) {
    var random = new Random(seed);
    var members = new ArrayList<RingMember>();
    for (int i = 0; i < nodes; i++) {
      members.add(member(random.nextLong(), i, 1, "z"));
    }
    return members;
  }

  private static RingMember member(long id, int position, int weight, String zone) {
    return new RingMember(new NodeId(id), position, weight, zone, "dc");
  }
}
