package dev.torc.losing.protocol;

import java.util.HashMap;
import java.util.Map;

final class IteratesInHashOrder {
  private final Map<String, String> byName = new HashMap<>();

  Iterable<String> names() {
    return byName.keySet();
  }
}
