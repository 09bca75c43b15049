package dev.torc.protocol.command;

import dev.torc.protocol.Bytes;

/**
 * Redis's patterns (stringmatchlen): {@code *}, {@code ?}, {@code [abc]}, {@code [^a]}, {@code [a-z]}, and a backslash before a byte that is meant.
 *
 * <p>Only the last star is ever reconsidered: what an earlier one took is the shortest that fits, and no other choice would help. So a match costs
 * at most pattern × text steps, where the recursive matcher goes exponential on {@code a*a*a*a*b}.
 *
 * @param pattern its bytes
 */
public record Glob(Bytes pattern) {
  private static final int NO_MATCH = -1;

  public static Glob of(String pattern) {
    return new Glob(Bytes.of(pattern));
  }

  /** Whether the pattern is a single star. */
  public boolean matchesAll() {
    return pattern.size() == 1 && pattern.at(0) == '*';
  }

  public boolean matches(Bytes text) {
    return matches(text, false);
  }

  /** The same, upper and lower case of ASCII taken as equal. */
  public boolean matchesAnyCase(Bytes text) {
    return matches(text, true);
  }

  private boolean matches(Bytes text, boolean anyCase) {
    int at = 0;
    int read = 0;
    int afterStar = NO_MATCH;
    int starRead = 0;
    while (read < text.size()) {
      if (at < pattern.size() && pattern.at(at) == '*') {
        afterStar = ++at;
        starRead = read;
        continue;
      }
      int next = at < pattern.size() ? step(at, text.at(read), anyCase) : NO_MATCH;
      if (next != NO_MATCH) {
        at = next;
        read++;
      } else if (afterStar != NO_MATCH) {
        at = afterStar;
        read = ++starRead;
      } else {
        return false;
      }
    }
    while (at < pattern.size() && pattern.at(at) == '*') {
      at++;
    }
    return at == pattern.size();
  }

  /** Where the pattern goes on when its element at this place takes the byte. */
  private int step(int at, byte b, boolean anyCase) {
    byte p = pattern.at(at);
    if (p == '?') {
      return at + 1;
    }
    if (p == '[') {
      return stepClass(at + 1, b, anyCase);
    }
    if (p == '\\' && at + 1 < pattern.size()) {
      at++;
    }
    return fold(pattern.at(at), anyCase) == fold(b, anyCase) ? at + 1 : NO_MATCH;
  }

  private int stepClass(int first, byte b, boolean anyCase) {
    int at = first;
    boolean not = at < pattern.size() && pattern.at(at) == '^';
    if (not) {
      at++;
    }
    int wanted = fold(b, anyCase);
    boolean found = false;
    while (at < pattern.size() && pattern.at(at) != ']') {
      if (pattern.at(at) == '\\' && at + 1 < pattern.size()) {
        found |= fold(pattern.at(at + 1), anyCase) == wanted;
        at += 2;
      } else if (at + 2 < pattern.size() && pattern.at(at + 1) == '-') {
        int from = fold(pattern.at(at), anyCase);
        int to = fold(pattern.at(at + 2), anyCase);
        found |= wanted >= Math.min(from, to) && wanted <= Math.max(from, to);
        at += 3;
      } else {
        found |= fold(pattern.at(at), anyCase) == wanted;
        at++;
      }
    }
    int next = Math.min(pattern.size(), at + 1);
    return found != not ? next : NO_MATCH;
  }

  private static int fold(byte b, boolean anyCase) {
    int value = b & 0xff;
    return anyCase && value >= 'A' && value <= 'Z' ? value + 32 : value;
  }
}
