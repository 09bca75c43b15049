package dev.torc.verticles.client;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.change.Joint;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.storage.Key;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.ErrorCode;
import dev.torc.protocol.command.Errors;
import dev.torc.protocol.command.StrongCommand;
import dev.torc.protocol.resp.RespValue;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** MSETNX, RENAME, RENAMENX and COPY: strong operations on several keys, which must lie in one slot. */
final class JointCommands {
  private final KeyRequests requests;
  private final int maxValueBytes;

  /** @param maxValueBytes of all values of one command together, since they travel together */
  JointCommands(KeyRequests requests, int maxValueBytes) {
    this.requests = requests;
    this.maxValueBytes = maxValueBytes;
  }

  /** A key that is named twice gets the last value that is named for it. */
  void setAll(StrongCommand.MSetNx set, ConnectionTerms by, Consumer<RespValue> reply) {
    var values = new TreeMap<Key, Bytes>();
    long bytes = 0;
    for (var entry : set.entries()) {
      values.put(Key.of(entry.key()), entry.value());
      bytes += entry.value().size();
    }
    if (bytes > maxValueBytes) {
      reply.accept(ErrorCode.ERR.error("the values of one MSETNX are more than client.max-bulk together"));
      return;
    }
    ask(List.copyOf(values.keySet()), new Joint.SetAllIfAbsent(List.copyOf(values.values())), by, reply,
        JointCommands::oneOrZero);
  }

  void rename(StrongCommand.Rename rename, ConnectionTerms by, Consumer<RespValue> reply) {
    if (rename.from().equals(rename.to())) {
      look(rename, by, reply);
      return;
    }
    ask(List.of(Key.of(rename.to()), Key.of(rename.from())), new Joint.Move(rename.onlyIfAbsent()), by, reply,
        rename.onlyIfAbsent() ? JointCommands::oneOrZero : done -> RespValue.OK);
  }

  void copy(StrongCommand.Copy copy, ConnectionTerms by, Consumer<RespValue> reply) {
    ask(List.of(Key.of(copy.to()), Key.of(copy.from())), new Joint.Copy(copy.replace()), by, reply,
        JointCommands::oneOrZero);
  }

  /** To its own name: only whether there is something to rename. */
  private void look(StrongCommand.Rename rename, ConnectionTerms by, Consumer<RespValue> reply) {
    requests.send(requests.strong(rename.from(), new Change.Look()), by, reply, outcome -> {
      if (Values.latest((Outcome.Found) outcome).isEmpty()) {
        return RespValue.error(Errors.NO_SUCH_KEY);
      }
      return rename.onlyIfAbsent() ? RespValue.integer(0) : RespValue.OK;
    });
  }

  private void ask(List<Key> keys, Joint joint, ConnectionTerms by, Consumer<RespValue> reply,
      Function<ChangeResult.Done, RespValue> made) {
    var terms = requests.levels().strong(keys.getFirst().bytes());
    var others = new ArrayList<>(keys.subList(1, keys.size()));
    if (others.stream().anyMatch(key -> key.slot() != keys.getFirst().slot())) {
      reply.accept(RespValue.error(Errors.CROSS_SLOT));
    } else if (others.stream().anyMatch(key -> requests.levels().strong(key.bytes()).replicas() != terms.replicas())) {
      reply.accept(ErrorCode.ERR.error("by their policies the keys have different numbers of replicas"));
    } else {
      requests.send(new Request.StrongAll(keys, joint, terms), by, reply,
          outcome -> switch (((Outcome.Changed) outcome).result()) {
            case ChangeResult.Done done -> made.apply(done);
            case ChangeResult.Refused refused -> RespValue.error(refused.error());
            case ChangeResult other -> throw new IllegalStateException("no reply for " + other);
          });
    }
  }

  private static RespValue oneOrZero(ChangeResult.Done done) {
    return RespValue.integer(done.isDone() ? 1 : 0);
  }
}
