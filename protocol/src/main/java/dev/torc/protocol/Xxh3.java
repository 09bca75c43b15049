package dev.torc.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * XXH3, 64 bits wide, with seed 0 and the default secret: what DIGEST answers and IFDEQ and IFDNE compare. By length: up to 16 bytes one multiplication, up to
 * 240 a sum of mixed pairs of words, beyond that eight accumulators over stripes of 64 bytes. Not cryptographic. The names are those of the
 * <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">specification</a>.
 */
public final class Xxh3 {
  private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[] SECRET = HexFormat.of()
      .parseHex("b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
          + "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8a8"
          + "fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e2b"
          + "16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e");

  private static final long PRIME32_1 = 0x9E3779B1L;
  private static final long PRIME32_2 = 0x85EBCA77L;
  private static final long PRIME32_3 = 0xC2B2AE3DL;
  private static final long PRIME64_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME64_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME64_3 = 0x165667B19E3779F9L;
  private static final long PRIME64_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME64_5 = 0x27D4EB2F165667C5L;
  private static final long PRIME_MX1 = 0x165667919E3779F9L;
  private static final long PRIME_MX2 = 0x9FB21C651E98DF25L;

  private static final int STRIPE_BYTES = 64;
  private static final int STRIPES_PER_BLOCK = 16;
  private static final int BLOCK_BYTES = STRIPES_PER_BLOCK * STRIPE_BYTES;

  private Xxh3() {}

  public static long hash(Bytes value) {
    return hash(value.array());
  }

  public static long hash(byte[] input) {
    int size = input.length;
    if (size > 240) {
      return ofMany(input);
    }
    if (size > 128) {
      return upTo240(input);
    }
    if (size > 16) {
      return upTo128(input);
    }
    if (size > 8) {
      return upTo16(input);
    }
    if (size >= 4) {
      return upTo8(input);
    }
    return size > 0 ? upTo3(input) : avalanche64(word(SECRET, 56) ^ word(SECRET, 64));
  }

  /** The hash as DIGEST answers it: 16 hexadecimal digits in lower case. */
  public static String hex(Bytes value) {
    return HexFormat.of().toHexDigits(hash(value));
  }

  private static long upTo3(byte[] input) {
    int size = input.length;
    long combined = (input[0] & 0xFFL) << 16 | (input[size >> 1] & 0xFFL) << 24 | input[size - 1] & 0xFFL
        | (long) size << 8;
    return avalanche64(combined ^ half(SECRET, 0) ^ half(SECRET, 4));
  }

  private static long upTo8(byte[] input) {
    int size = input.length;
    long both = half(input, size - 4) + (half(input, 0) << 32);
    long hash = both ^ word(SECRET, 8) ^ word(SECRET, 16);
    hash ^= Long.rotateLeft(hash, 49) ^ Long.rotateLeft(hash, 24);
    hash *= PRIME_MX2;
    hash ^= (hash >>> 35) + size;
    hash *= PRIME_MX2;
    return hash ^ hash >>> 28;
  }

  private static long upTo16(byte[] input) {
    int size = input.length;
    long low = word(input, 0) ^ word(SECRET, 24) ^ word(SECRET, 32);
    long high = word(input, size - 8) ^ word(SECRET, 40) ^ word(SECRET, 48);
    return avalanche(size + Long.reverseBytes(low) + high + foldedProduct(low, high));
  }

  /** Pairs of words from both ends inwards. */
  private static long upTo128(byte[] input) {
    int size = input.length;
    long sum = size * PRIME64_1;
    for (int i = (size - 1) / 32; i >= 0; i--) {
      sum += mixed(input, 16 * i, 32 * i);
      sum += mixed(input, size - 16 * (i + 1), 32 * i + 16);
    }
    return avalanche(sum);
  }

  private static long upTo240(byte[] input) {
    int size = input.length;
    long sum = size * PRIME64_1;
    for (int i = 0; i < 8; i++) {
      sum += mixed(input, 16 * i, 16 * i);
    }
    sum = avalanche(sum);
    for (int i = 8; i < size / 16; i++) {
      sum += mixed(input, 16 * i, 16 * (i - 8) + 3);
    }
    return avalanche(sum + mixed(input, size - 16, 119));
  }

  private static long ofMany(byte[] input) {
    var sums = new long[] {PRIME32_3, PRIME64_1, PRIME64_2, PRIME64_3, PRIME64_4, PRIME32_2, PRIME64_5, PRIME32_1};
    int size = input.length;
    int lastBlock = (size - 1) / BLOCK_BYTES * BLOCK_BYTES;
    for (int block = 0; block < lastBlock; block += BLOCK_BYTES) {
      accumulate(sums, input, block, STRIPES_PER_BLOCK);
      scramble(sums);
    }
    accumulate(sums, input, lastBlock, (size - 1 - lastBlock) / STRIPE_BYTES);
    addStripe(sums, input, size - STRIPE_BYTES, SECRET.length - STRIPE_BYTES - 7);
    long hash = size * PRIME64_1;
    for (int i = 0; i < 4; i++) {
      hash += foldedProduct(sums[2 * i] ^ word(SECRET, 11 + 16 * i), sums[2 * i + 1] ^ word(SECRET, 19 + 16 * i));
    }
    return avalanche(hash);
  }

  private static void accumulate(long[] sums, byte[] input, int from, int stripes) {
    for (int i = 0; i < stripes; i++) {
      addStripe(sums, input, from + i * STRIPE_BYTES, 8 * i);
    }
  }

  private static void addStripe(long[] sums, byte[] input, int from, int secret) {
    for (int i = 0; i < 8; i++) {
      long value = word(input, from + 8 * i);
      long key = value ^ word(SECRET, secret + 8 * i);
      sums[i ^ 1] += value;
      sums[i] += (key & 0xFFFFFFFFL) * (key >>> 32);
    }
  }

  private static void scramble(long[] sums) {
    for (int i = 0; i < 8; i++) {
      long sum = sums[i];
      sums[i] = (sum ^ sum >>> 47 ^ word(SECRET, SECRET.length - STRIPE_BYTES + 8 * i)) * PRIME32_1;
    }
  }

  private static long mixed(byte[] input, int at, int secret) {
    return foldedProduct(word(input, at) ^ word(SECRET, secret), word(input, at + 8) ^ word(SECRET, secret + 8));
  }

  /** Both halves of the 128-bit product, one over the other. */
  private static long foldedProduct(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }

  private static long avalanche(long hash) {
    long h = (hash ^ hash >>> 37) * PRIME_MX1;
    return h ^ h >>> 32;
  }

  /** The one of XXH64, which the shortest inputs use. */
  private static long avalanche64(long hash) {
    long h = (hash ^ hash >>> 33) * PRIME64_2;
    h = (h ^ h >>> 29) * PRIME64_3;
    return h ^ h >>> 32;
  }

  private static long word(byte[] array, int at) {
    return (long) LONG.get(array, at);
  }

  private static long half(byte[] array, int at) {
    return (int) INT.get(array, at) & 0xFFFFFFFFL;
  }
}
