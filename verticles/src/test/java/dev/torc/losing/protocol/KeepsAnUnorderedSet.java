package dev.torc.losing.protocol;

import java.util.Set;

final class KeepsAnUnorderedSet {
  private final Set<String> words = Set.of("a", "b");

  Iterable<String> words() {
    return words;
  }
}
