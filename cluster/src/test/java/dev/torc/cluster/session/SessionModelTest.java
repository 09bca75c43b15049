package dev.torc.cluster.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.storage.Key;
import dev.torc.cluster.version.Context;
import dev.torc.cluster.version.Dot;
import dev.torc.cluster.version.VersionVector;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/**
 * Sessions on three replicas that tell each other no more than a level asks for, on more keys than a session remembers, with levels, replicas and
 * tokens drawn from a seed: no answer that is given is older than what its session has seen.
 */
class SessionModelTest {
  private static final int REPLICAS = 3;
  private static final int KEYS = 3 * Session.MAX_KEYS;
  private static final List<Level> LEVELS = List.of(Level.ONE, Level.QUORUM, Level.ALL, Level.STRONG,
      new Level.Count(2));

  private static final class World {
    private final RandomGenerator random;
    private final boolean onQuorums;
    private final List<TreeMap<String, VersionVector>> replicas = new ArrayList<>();
    private final TreeMap<String, VersionVector> seen = new TreeMap<>();
    private Session session = new Session();
    private long lastHlc;
    private int given;

    World(long seed, boolean onQuorums) {
      this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      this.onQuorums = onQuorums;
      for (int i = 0; i < REPLICAS; i++) {
        replicas.add(new TreeMap<>());
      }
    }

    void step() {
      var key = "key" + random.nextInt(KEYS);
      var level = onQuorums ? Level.QUORUM : LEVELS.get(random.nextInt(LEVELS.size()));
      switch (random.nextInt(20)) {
        case 0 -> session = resumed();
        case 1, 2 -> changeStrongly(key);
        case 3, 4, 5 -> writeOfAnother(key, level);
        case 6, 7, 8, 9, 10, 11 -> write(key, level);
        default -> read(key, level);
      }
    }

    /** By a new session, or by one that has already seen other keys. */
    private Session resumed() {
      var token = SessionToken.write(session, 1_000);
      var told = ((SessionToken.Good) SessionToken.read(token, 1_000, 1_000, 0)).session();
      if (random.nextBoolean()) {
        return told;
      }
      var joined = new Session();
      joined.join(told);
      return joined;
    }

    private int[] some(int count) {
      var places = new ArrayList<>(List.of(0, 1, 2));
      while (places.size() > count) {
        places.remove(random.nextInt(places.size()));
      }
      return places.stream().mapToInt(place -> place).toArray();
    }

    private VersionVector at(int replica, String key) {
      return replicas.get(replica).getOrDefault(key, VersionVector.EMPTY);
    }

    private VersionVector together(int[] places, String key) {
      return Arrays.stream(places).mapToObj(place -> at(place, key)).reduce(VersionVector.EMPTY, VersionVector::merge);
    }

    private void store(int[] places, String key, VersionVector version) {
      Arrays.stream(places).forEach(place -> replicas.get(place).merge(key, version, VersionVector::merge));
    }

    private VersionVector written(int[] places, String key, VersionVector past) {
      var version = at(places[0], key).merge(past).with(new Dot(places[0] + 1, ++lastHlc));
      store(places, key, version);
      return version;
    }

    private void write(String key, Level level) {
      var id = Key.of(Bytes.of(key));
      var version = written(some(level.required(REPLICAS)), key, session.seen(id).version());
      session.onWritten(id, Context.of(version), level, REPLICAS);
      seen.merge(key, version, VersionVector::merge);
    }

    private void writeOfAnother(String key, Level level) {
      written(some(level.required(REPLICAS)), key, VersionVector.EMPTY);
    }

    /** @return whether there was an answer */
    private boolean read(String key, Level asked) {
      var id = Key.of(Bytes.of(key));
      if (asked instanceof Level.Strong && session.isBeyondQuorum(id) && !read(key, session.beforeStrong(id))) {
        return false;
      }
      var level = session.atLeast(asked, id, REPLICAS);
      assertThat(level.required(REPLICAS)).isGreaterThanOrEqualTo(asked.required(REPLICAS));
      var places = some(level.required(REPLICAS));
      var answer = together(places, key);
      if (!session.seen(id).isCoveredBy(answer)) {
        return false;
      }
      store(places, key, answer);
      session.onRead(id, answer, level, REPLICAS);
      see(key, answer);
      return true;
    }

    private void changeStrongly(String key) {
      var id = Key.of(Bytes.of(key));
      if (session.isBeyondQuorum(id) && !read(key, session.beforeStrong(id))) {
        return;
      }
      var majority = some(2);
      see(key, together(majority, key));
      var version = together(majority, key).with(new Dot(9, ++lastHlc));
      store(majority, key, version);
      session.onChanged(id, version, REPLICAS);
      seen.merge(key, version, VersionVector::merge);
    }

    private void see(String key, VersionVector answer) {
      assertThat(answer.covers(seen.getOrDefault(key, VersionVector.EMPTY))).as("%s", key).isTrue();
      seen.merge(key, answer, VersionVector::merge);
      given++;
    }
  }

  @Test
  void noAnswerIsOlderThanWhatTheSessionHasSeen() {
    for (long seed = 0; seed < 300; seed++) {
      var world = new World(seed, false);
      for (int i = 0; i < 600; i++) {
        world.step();
      }
      assertThat(world.given).isGreaterThan(100);
    }
  }

  @Test
  void norIsItWhereEverythingIsReadAndWrittenAtQuorums() {
    for (long seed = 0; seed < 100; seed++) {
      var world = new World(seed, true);
      for (int i = 0; i < 600; i++) {
        world.step();
      }
      assertThat(world.session.weakBuckets()).isZero();
    }
  }
}
