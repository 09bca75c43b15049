package dev.torc.losing.protocol;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

final class CollectsWithoutOrder {
  Collection<List<String>> grouped(List<String> words) {
    return words.stream().collect(Collectors.groupingBy(Function.identity())).values();
  }
}
