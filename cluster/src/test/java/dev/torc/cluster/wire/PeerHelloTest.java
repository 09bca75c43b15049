package dev.torc.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torc.cluster.ring.NodeId;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PeerHelloTest {
  private static final PeerHello HELLO = new PeerHello("Torc-ünit", new NodeId(0xfeed_face_0123_4567L));

  @Test
  void whatIsWrittenIsRead() {
    assertThat(PeerHello.decode(HELLO.encode())).isEqualTo(HELLO);
    assertThat(PeerHello.decode(new PeerHello("", new NodeId(-1)).encode()))
        .isEqualTo(new PeerHello("", new NodeId(-1)));
  }

  @Test
  void anotherProtocolIsRefused() {
    assertThatThrownBy(() -> PeerHello.decode("GET / HTTP/1.1\r\n".getBytes())).isInstanceOf(MalformedException.class)
        .hasMessage("not a node of Torc");
  }

  @Test
  void anotherVersionIsRefusedAndNamed() {
    byte[] bytes = HELLO.encode();
    bytes[5] = 9;
    assertThatThrownBy(() -> PeerHello.decode(bytes)).isInstanceOf(MalformedException.class)
        .hasMessage("speaks version 9, this node 1");
  }

  @Test
  void theEmptyFrameOfARefusalIsNoHello() {
    assertThatThrownBy(() -> PeerHello.decode(new byte[0])).isInstanceOf(MalformedException.class);
  }

  @Test
  void everyTruncationAndAByteTooManyAreMalformed() {
    byte[] bytes = HELLO.encode();
    for (int length = 0; length <= bytes.length + 1; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      if (length != bytes.length) {
        assertThatThrownBy(() -> PeerHello.decode(part)).isInstanceOf(MalformedException.class);
      }
    }
  }

  @Test
  void mutatedBytesAreMalformedOrAHelloAndNothingWorse() {
    var random = new SplittableRandom(5);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = HELLO.encode();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      try {
        PeerHello.decode(bytes);
      } catch (MalformedException expected) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
