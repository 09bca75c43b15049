package dev.torc.protocol.resp;

import dev.torc.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the chunks of a socket into the words of commands, as they come.
 *
 * <p>The intuition: a client sends arrays of bulk strings ({@code *2 $3 GET $1 k}), a person types lines. The machine stands at one of three
 * places: before a command, before the header of a word, inside a word; each has one small method, which either moves on or asks for more.
 *
 * <p>The rule: memory follows the bytes that came, never the lengths that were declared. A header over a limit is refused before its data, and
 * the outcome does not depend on where the network cut the stream.
 *
 * <p>The complication is speed: a chunk is read in place. It is copied only when it ends inside a word or a header, and then only that rest; each
 * word is one copy of exact size. After an error the machine stays failed, because nobody knows where the next command would begin.
 *
 * <p>Source: <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">the RESP specification</a> and Redis's networking.c.
 */
public final class RespDecoder {
  private static final byte[] NOTHING = new byte[0];
  private static final int WORD_OVERHEAD_BYTES = 56;
  private static final int NO_BULK = -1;

  private final RespLimits limits;
  private boolean authenticated = true;

  private byte[] buffer = NOTHING;
  private boolean ours;
  private int at;
  private int end;
  private int scanned;

  private ArrayList<Bytes> words;
  private long wordsBytes;
  private int missingWords;
  private int bulkLength = NO_BULK;
  private ProtocolException failure;

  public RespDecoder(RespLimits limits) {
    this.limits = limits;
  }

  /** A client that must still say who it is gets tight limits: 10 words of 16 KB. A new decoder has the wide ones. */
  public void authenticated(boolean known) {
    authenticated = known;
  }

  /** Takes over the chunk: nobody may write to it any more. */
  public void feed(byte[] chunk) {
    if (failure != null || chunk.length == 0) {
      return;
    }
    int rest = end - at;
    if (rest == 0) {
      buffer = chunk;
      ours = false;
      at = 0;
      end = chunk.length;
      scanned = 0;
      return;
    }
    makeRoom(rest, chunk.length);
    System.arraycopy(chunk, 0, buffer, end, chunk.length);
    end += chunk.length;
  }

  private void makeRoom(int rest, int more) {
    if (ours && buffer.length - end >= more) {
      return;
    }
    int needed = Math.addExact(rest, more);
    boolean fits = ours && buffer.length >= needed && at >= rest;
    long roomy = needed + (needed >> 1) + 16L;
    long enough = bulkLength == NO_BULK ? roomy : Math.clamp(bulkLength + 2L, needed, roomy);
    var target = fits ? buffer : new byte[(int) Math.min(Integer.MAX_VALUE - 8L, enough)];
    System.arraycopy(buffer, at, target, 0, rest);
    buffer = target;
    ours = true;
    scanned = Math.max(0, scanned - at);
    at = 0;
    end = rest;
  }

  /**
   * The words of the next command, at least one; null when more bytes are needed.
   *
   * @throws ProtocolException from then on always, once the stream makes no sense
   */
  public List<Bytes> next() {
    if (failure != null) {
      throw failure;
    }
    try {
      return decode();
    } catch (ProtocolException e) {
      failure = e;
      words = null;
      wordsBytes = 0;
      end = at;
      release();
      throw e;
    }
  }

  /** Bytes of memory that the machine holds for what has not been handed out yet. */
  public int bufferedBytes() {
    long held = buffer.length + wordsBytes;
    return (int) Math.min(Integer.MAX_VALUE, held);
  }

  /** How many bytes the words of the command under way have, as far as it has said. Nothing is taken for what is only announced. */
  public long announcedBytes() {
    return wordsBytes + Math.max(0, bulkLength);
  }

  private List<Bytes> decode() {
    while (true) {
      if (words == null) {
        if (at == end) {
          release();
          return null;
        }
        if (buffer[at] != '*') {
          var line = readInline();
          if (line == null || !line.isEmpty()) {
            return line;
          }
        } else if (!readMultibulkHeader()) {
          return null;
        }
      } else {
        return readWords() ? takeWords() : null;
      }
    }
  }

  private void release() {
    if (at == end) {
      buffer = NOTHING;
      ours = false;
      at = 0;
      end = 0;
      scanned = 0;
    }
  }

  private List<Bytes> takeWords() {
    var taken = words;
    words = null;
    wordsBytes = 0;
    release();
    return taken;
  }

  private boolean readMultibulkHeader() {
    int cr = endOfHeader("too big mbulk count string");
    if (cr < 0) {
      return false;
    }
    long count = Decimal.parse(buffer, at + 1, cr);
    if (count == Decimal.INVALID || count > limits.maxMultibulk()) {
      throw ProtocolException.of("invalid multibulk length");
    }
    if (!authenticated && count > RespLimits.UNAUTHENTICATED_MULTIBULK) {
      throw ProtocolException.of("unauthenticated multibulk length");
    }
    moveTo(cr + 2);
    if (count > 0) {
      missingWords = (int) count;
      words = new ArrayList<>(Math.min(missingWords, 8));
    }
    return true;
  }

  private boolean readWords() {
    while (missingWords > 0) {
      if (bulkLength == NO_BULK && !readBulkHeader()) {
        return false;
      }
      if (end - at < bulkLength + 2) {
        return false;
      }
      words.add(copy(at, bulkLength));
      wordsBytes += bulkLength + WORD_OVERHEAD_BYTES;
      moveTo(at + bulkLength + 2);
      bulkLength = NO_BULK;
      missingWords--;
    }
    return true;
  }

  private boolean readBulkHeader() {
    if (at < end && buffer[at] != '$') {
      throw ProtocolException.of("expected '$', got '" + (char) (buffer[at] & 0xff) + "'");
    }
    int cr = endOfHeader("too big bulk count string");
    if (cr < 0) {
      return false;
    }
    long length = Decimal.parse(buffer, at + 1, cr);
    if (length < 0 || length > limits.maxBulkBytes()) {
      throw ProtocolException.of("invalid bulk length");
    }
    if (!authenticated && length > RespLimits.UNAUTHENTICATED_BULK_BYTES) {
      throw ProtocolException.of("unauthenticated bulk length");
    }
    moveTo(cr + 2);
    bulkLength = (int) length;
    return true;
  }

  private List<Bytes> readInline() {
    int lf = find('\n', "too big inline request");
    if (lf < 0) {
      return null;
    }
    int lineEnd = lf > at && buffer[lf - 1] == '\r' ? lf - 1 : lf;
    var line = InlineWords.split(buffer, at, lineEnd);
    if (line == null) {
      throw ProtocolException.of("unbalanced quotes in request");
    }
    if (!line.isEmpty() && (line.get(0).isWord("POST") || line.get(0).isWord("HOST:"))) {
      throw ProtocolException.silently();
    }
    moveTo(lf + 1);
    release();
    return line;
  }

  /** Where the header's CR is, once the LF behind it came too (which nobody looks at, as in Redis); negative when more is needed. */
  private int endOfHeader(String tooBig) {
    int cr = find('\r', tooBig);
    return cr >= 0 && cr + 1 < end ? cr : -1;
  }

  private int find(char wanted, String tooBig) {
    long last = (long) at + limits.maxInlineBytes();
    int stop = (int) Math.min(end, last + 1);
    for (int i = Math.max(at, scanned); i < stop; i++) {
      if (buffer[i] == wanted) {
        scanned = i;
        return i;
      }
    }
    if (end > last) {
      throw ProtocolException.of(tooBig);
    }
    scanned = end;
    return -1;
  }

  private void moveTo(int position) {
    at = position;
    scanned = position;
  }

  private Bytes copy(int from, int length) {
    var word = new byte[length];
    System.arraycopy(buffer, from, word, 0, length);
    return Bytes.of(word);
  }
}
