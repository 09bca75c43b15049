package dev.torc.verticles.client;

import dev.torc.cluster.change.Change;
import dev.torc.cluster.change.ChangeResult;
import dev.torc.cluster.change.IntentResult;
import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.version.Content;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.ExpireRule;
import dev.torc.protocol.command.Expiry;
import dev.torc.protocol.command.StrongCommand;
import dev.torc.protocol.resp.RespValue;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Commands that read a key before they write it, as strong operations, and their results as Redis words them. */
final class StrongCommands {
  private final KeyRequests requests;
  private final KvCommands kv;
  private final JointCommands joint;
  private final int maxValueBytes;

  /** @param maxValueBytes how long APPEND and SETRANGE may make a value */
  StrongCommands(KeyRequests requests, KvCommands kv, int maxValueBytes) {
    this.requests = requests;
    this.kv = kv;
    this.joint = new JointCommands(requests, maxValueBytes);
    this.maxValueBytes = maxValueBytes;
  }

  void run(StrongCommand command, ConnectionTerms by, Consumer<RespValue> reply) {
    switch (command) {
      case StrongCommand.SetIf set -> change(set.key(), put(set), by, reply, done -> setReply(set, done));
      case StrongCommand.GetEx get when get.expiry().isEmpty() ->
        requests.send(requests.read(get.key(), by), by, reply, StrongCommands::value);
      case StrongCommand.GetEx get -> change(get.key(), touch(get.expiry().get()), by, reply, StrongCommands::value);
      case StrongCommand.Remove remove -> remove(remove, by, reply);
      case StrongCommand.Add add -> change(add.key(), new Change.Add(add.by()), by, reply, StrongCommands::oneOrZero);
      case StrongCommand.AddDecimal add ->
        change(add.key(), new Change.AddDecimal(add.by()), by, reply, StrongCommands::oneOrZero);
      case StrongCommand.Append append -> change(append.key(), new Change.Append(append.value(), maxValueBytes), by,
          reply, StrongCommands::oneOrZero);
      case StrongCommand.SetRange range -> change(range.key(),
          new Change.Overwrite(range.offset(), range.value(), maxValueBytes), by, reply, StrongCommands::oneOrZero);
      case StrongCommand.Expire expire -> change(expire.key(),
          new Change.Expire(Expiries.at(expire.expiry()), expire.rule(), false), by, reply, StrongCommands::oneOrZero);
      case StrongCommand.Persist persist ->
        change(persist.key(), new Change.Persist(false), by, reply, StrongCommands::oneOrZero);
      case StrongCommand.KvCas cas -> kv.swap(cas, by, reply);
      case StrongCommand.MSetNx set -> joint.setAll(set, by, reply);
      case StrongCommand.Rename rename -> joint.rename(rename, by, reply);
      case StrongCommand.Copy copy -> joint.copy(copy, by, reply);
    }
  }

  private void remove(StrongCommand.Remove remove, ConnectionTerms by, Consumer<RespValue> reply) {
    boolean returnsOld = remove.form() == StrongCommand.Remove.Form.GETDEL;
    change(remove.key(), new Change.Remove(remove.condition(), returnsOld), by, reply,
        returnsOld ? StrongCommands::value : StrongCommands::oneOrZero);
  }

  private void change(Bytes key, Change change, ConnectionTerms by, Consumer<RespValue> reply,
      Function<ChangeResult.Done, RespValue> made) {
    requests.send(requests.strong(key, change), by, reply, outcome -> switch (((Outcome.Changed) outcome).result()) {
      case ChangeResult.Done done -> made.apply(done);
      case ChangeResult.Number number -> RespValue.integer(number.number());
      case ChangeResult.Text text -> RespValue.bulk(text.text());
      case ChangeResult.Refused refused -> RespValue.error(refused.error());
      case IntentResult own -> throw new IllegalStateException("no reply for " + own);
    });
  }

  private static Change put(StrongCommand.SetIf set) {
    return new Change.Put(Content.of(set.value(), Expiries.at(set.expiry())), set.expiry() instanceof Expiry.KeepTtl,
        set.condition(), set.returnsOld());
  }

  private static Change touch(Expiry expiry) {
    return expiry instanceof Expiry.Never
        ? new Change.Persist(true)
        : new Change.Expire(Expiries.at(expiry), ExpireRule.ANY, true);
  }

  private static RespValue setReply(StrongCommand.SetIf set, ChangeResult.Done done) {
    if (set.returnsOld()) {
      return value(done);
    }
    return switch (set.form()) {
      case SETNX -> oneOrZero(done);
      case SET, GETSET -> done.isDone() ? RespValue.OK : RespValue.NIL;
    };
  }

  private static RespValue oneOrZero(ChangeResult.Done done) {
    return RespValue.integer(done.isDone() ? 1 : 0);
  }

  private static RespValue value(ChangeResult.Done done) {
    return bulk(done.value());
  }

  private static RespValue value(Outcome found) {
    return Values.bulk(Values.latest((Outcome.Found) found));
  }

  private static RespValue bulk(Optional<Bytes> value) {
    return value.map(RespValue::bulk).orElse(RespValue.NIL);
  }
}
