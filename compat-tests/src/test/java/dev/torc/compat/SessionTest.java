package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.session.Session;
import dev.torc.cluster.session.SessionToken;
import dev.torc.compat.process.Cluster;
import dev.torc.compat.process.Eventually;
import dev.torc.compat.process.SharedCluster;
import dev.torc.compat.resp.KvReply;
import dev.torc.compat.resp.RespSocket;
import dev.torc.compat.resp.RespSocket.ErrorReply;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A session goes from node to node with its token; what is no good token changes nothing. Beside it WAIT and WAITAOF, which ask where a connection's writes are. */
@ExtendWith(SharedCluster.class)
class SessionTest {
  private static final int ROUNDS = 100;
  private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final ErrorReply NONE_OPEN = new ErrorReply("ERR no session is open, KV.SESSION BEGIN opens one");

  private List<RespSocket> nodes;

  @BeforeEach
  void connect() {
    var cluster = SharedCluster.get();
    nodes = IntStream.range(0, cluster.size()).mapToObj(cluster::connect).toList();
    nodes.forEach(node -> assertThat(node.call("KV.LEVEL", "READ", "ONE", "WRITE", "ONE")).isEqualTo("OK"));
  }

  @AfterEach
  void close() {
    nodes.forEach(RespSocket::close);
  }

  private String begun(String key) {
    assertThat(nodes.getFirst().call("KV.SESSION", "BEGIN")).isEqualTo("OK");
    assertThat(nodes.getFirst().call("SET", key, "seen")).isEqualTo("OK");
    return token(nodes.getFirst());
  }

  private static String token(RespSocket node) {
    return (String) node.call("KV.SESSION", "TOKEN");
  }

  private static void assertRefused(Object reply, String token) {
    assertThat(reply).as(token).isInstanceOfSatisfying(ErrorReply.class,
        error -> assertThat(error.text()).startsWith("BADCONTEXT "));
  }

  @Test
  void whatOneReplicaAcknowledgedIsReadFromOneReplicaByWhoeverResumes() {
    assertThat(nodes.getFirst().call("KV.SESSION", "BEGIN")).isEqualTo("OK");
    for (int round = 0; round < ROUNDS; round++) {
      String value = Integer.toString(round);
      assertThat(nodes.getFirst().call("SET", "session:read", value)).isEqualTo("OK");
      String token = token(nodes.getFirst());
      for (var node : nodes.subList(1, nodes.size())) {
        assertThat(node.call("KV.SESSION", "RESUME", token)).isEqualTo("OK");
        assertThat(node.call("GET", "session:read")).isEqualTo(value);
      }
    }
  }

  @Test
  void aSessionThatGoesFromNodeToNodeIsNoRivalOfItself() {
    String token = begun("session:write");
    for (int round = 0; round < ROUNDS; round++) {
      var node = nodes.get(round % nodes.size());
      String value = Integer.toString(round);
      assertThat(node.call("KV.SESSION", "RESUME", token)).isEqualTo("OK");
      assertThat(node.call("SET", "session:write", value)).isEqualTo("OK");
      assertThat(KvReply.call(node, "KV.GET", "session:write").siblings()).containsExactly(value);
      token = token(node);
    }
  }

  @Test
  void aTokenThatIsForgedOrForeignOrCutOpensNothing() {
    String token = begun("session:forged");
    String context = KvReply.call(nodes.getFirst(), "KV.GET", "session:forged").context();
    var forged = IntStream.range(0, token.length()).mapToObj(i -> altered(token, i));
    var cut = IntStream.range(0, token.length()).mapToObj(i -> token.substring(0, i));
    var foreign = Stream.of(context, token + token, token + "AAAA", "A" + token, "A".repeat(100_000), "=", "no token");
    var other = nodes.get(1);
    Stream.of(forged, cut, foreign).flatMap(wrong -> wrong).forEach(wrong -> {
      assertRefused(other.call("KV.SESSION", "RESUME", wrong), wrong);
      assertThat(other.call("KV.SESSION", "END")).isEqualTo(NONE_OPEN);
    });
    assertThat(nodes.getFirst().call("GET", "session:forged")).isEqualTo("seen");
    assertThat(other.call("KV.SESSION", "RESUME", token)).isEqualTo("OK");
    assertThat(other.call("GET", "session:forged")).isEqualTo("seen");
  }

  /** One bit of one character, the one that counts even in the last of a text. */
  private static String altered(String token, int at) {
    char other = BASE64URL.charAt(BASE64URL.indexOf(token.charAt(at)) ^ 32);
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  @Test
  void aTokenIsGoodForAnHourAndNotBeforeItsTime() {
    assertRefused(resume(Duration.ofHours(-2)), "two hours old");
    assertRefused(resume(Duration.ofHours(1)), "of the next hour");
    assertThat(nodes.getFirst().call("KV.SESSION", "END")).isEqualTo(NONE_OPEN);
    assertThat(resume(Duration.ofMinutes(-30))).isEqualTo("OK");
    assertThat(nodes.getFirst().call("KV.SESSION", "END")).isEqualTo("OK");
  }

  /** With a token that has seen nothing, made at that distance from now. */
  private Object resume(Duration made) {
    var token = SessionToken.write(new Session(), System.currentTimeMillis() + made.toMillis());
    return nodes.getFirst().call("KV.SESSION", "RESUME", token.text());
  }

  @Test
  void aRefusedTokenLeavesAnOpenSessionOpen() {
    String token = begun("session:open");
    assertRefused(nodes.getFirst().call("KV.SESSION", "RESUME", altered(token, 20)), "forged");
    assertThat(nodes.getFirst().call("GET", "session:open")).isEqualTo("seen");
    assertThat(nodes.getFirst().call("KV.SESSION", "END")).isEqualTo("OK");
  }

  @Test
  void aTokenExpiresWhenItsNodeSaysSo() {
    try (var cluster = Cluster.start("session", 1, "session.max-age=1 s"); var node = cluster.connect(0)) {
      node.call("KV.SESSION", "BEGIN");
      String token = token(node);
      Eventually.that("the token expires", Duration.ofSeconds(30),
          () -> node.call("KV.SESSION", "RESUME", token) instanceof ErrorReply error
              && error.text().startsWith("BADCONTEXT the session token has expired"));
    }
  }

  @Test
  void aWriteIsWaitedForUntilAllThreeHaveItAndThenUntilItIsOnTheirDisks() {
    var node = nodes.getFirst();
    for (int round = 0; round < ROUNDS / 10; round++) {
      assertThat(node.call("SET", "session:wait", Integer.toString(round))).isEqualTo("OK");
      assertThat(node.call("WAIT", "2", "10000")).isEqualTo(2L);
      assertThat(node.call("WAITAOF", "1", "2", "10000")).isEqualTo(List.of(1L, 2L));
    }
  }
}
