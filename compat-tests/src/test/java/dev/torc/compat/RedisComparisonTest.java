package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.compat.process.Program;
import dev.torc.compat.process.RedisServer;
import dev.torc.compat.process.SharedCluster;
import dev.torc.compat.resp.Transcript;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same commands to Redis and to Torc, answer by answer and byte by byte. */
@ExtendWith(SharedCluster.class)
class RedisComparisonTest {

  @BeforeEach
  void empty() {
    try (var socket = SharedCluster.get().connect(0)) {
      assertThat(socket.call("FLUSHALL")).isEqualTo("OK");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/redis/strong-commands.txt", "/redis/several-keys.txt"})
  void torcAnswersAsRedisDoesButWhereItSaysOtherwise(String resource) {
    Program.assumeInstalled("redis-server", "redis-server");
    var lines = Transcript.of(resource).lines();
    try (var redis = RedisServer.start(); var there = redis.connect(); var here = SharedCluster.get().connect(0)) {
      var theirs = lines.stream().map(line -> {
        String reply = line.play(there);
        return line.with(line.answer().orElse(reply));
      }).toList();
      var ours = lines.stream().map(line -> line.with(line.play(here))).toList();
      assertThat(ours).containsExactlyElementsOf(theirs);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whatRedisBroughtLaterIsAnsweredAsItsPagesSay(int node) {
    var lines = Transcript.of("/redis/newer-than-redis-7.txt").lines();
    try (var here = SharedCluster.get().connect(node)) {
      var expected = lines.stream().map(line -> line.with(line.answer().orElseThrow())).toList();
      assertThat(lines.stream().map(line -> line.with(line.play(here))).toList()).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void aScriptThroughChangingNodesIsAnsweredAsThroughOne() {
    var cluster = SharedCluster.get();
    var lines = Transcript.of("/redis/newer-than-redis-7.txt").lines();
    try (var a = cluster.connect(0); var b = cluster.connect(1); var c = cluster.connect(2)) {
      var sockets = List.of(a, b, c);
      var found = lines.stream().map(line -> line.with(line.play(sockets.get(line.number() % 3)))).toList();
      assertThat(found).containsExactlyElementsOf(
          lines.stream().map(line -> line.with(line.answer().orElseThrow())).toList());
    }
  }
}
