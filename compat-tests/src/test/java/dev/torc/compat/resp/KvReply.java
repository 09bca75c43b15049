package dev.torc.compat.resp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a KV command answers: names and values, the same from both protocols. */
public record KvReply(Map<String, Object> fields) {

  /** @throws AssertionError when the answer is an error */
  public static KvReply of(Object reply) {
    if (!(reply instanceof List<?> flat)) {
      throw new AssertionError("no map: " + reply);
    }
    var fields = new LinkedHashMap<String, Object>();
    for (int i = 0; i < flat.size(); i += 2) {
      fields.put((String) flat.get(i), flat.get(i + 1));
    }
    return new KvReply(fields);
  }

  public static KvReply call(RespSocket socket, String... words) {
    return of(socket.call(words));
  }

  public String value() {
    return (String) fields.get("value");
  }

  public String context() {
    return (String) fields.get("context");
  }

  /** Latest first; null of a deletion. */
  public List<String> siblings() {
    return ((List<?>) fields.get("siblings")).stream().map(sibling -> KvReply.of(sibling).value()).toList();
  }
}
