package dev.torc.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import org.junit.jupiter.api.Test;

/** A client that reads {@code CLUSTER NODES} finds its way also where a line says who suspects the node. Jedis, and most others, ask for {@code CLUSTER SLOTS}. */
class SuspectLineTest {
  private static final String NODES = """
      %040x 127.0.0.1:7001@17001 myself,master - 0 0 1 connected 0-5460
      %040x 127.0.0.1:7002@17002 master,fail?,phi=8.1,suspected-by=n1 - 0 1700000000000 1 connected 5461-10922
      %040x ::1:7003@17003 master,fail,phi=40.0,suspected-by=n1+n2 - 0 1700000000000 1 disconnected 10923-16383
      """.formatted(1, 2, 3);

  @Test
  void lettuceTakesTheAddressAndTheSlots() {
    var nodes = ClusterPartitionParser.parse(NODES);
    assertThat(nodes.getPartitions()).extracting(node -> node.getUri().getHost(), node -> node.getUri().getPort())
        .containsExactly(tuple("127.0.0.1", 7001), tuple("127.0.0.1", 7002), tuple("::1", 7003));
    assertThat(nodes.getPartitions()).extracting(node -> node.getSlots().size()).containsExactly(5461, 5462, 5461);
    assertThat(nodes.getPartitions().get(1).is(RedisClusterNode.NodeFlag.EVENTUAL_FAIL)).isTrue();
    assertThat(nodes.getPartitions().get(2).is(RedisClusterNode.NodeFlag.FAIL)).isTrue();
  }
}
