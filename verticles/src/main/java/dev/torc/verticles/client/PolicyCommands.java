package dev.torc.verticles.client;

import dev.torc.cluster.message.Outcome;
import dev.torc.cluster.message.Request;
import dev.torc.cluster.policy.Policy;
import dev.torc.cluster.policy.PolicyEntry;
import dev.torc.cluster.policy.PolicyTable;
import dev.torc.cluster.ring.Slot;
import dev.torc.cluster.ring.SlotRange;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.ErrorCode;
import dev.torc.protocol.command.KvCommand;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.config.ClusterSettings;
import dev.torc.verticles.gossip.PolicyChange;
import dev.torc.verticles.gossip.SharedView;
import dev.torc.verticles.loop.CoordinatorShell;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * KV.POLICY. A change is answered once it is on this node's disk; gossip brings it to the others within seconds.
 *
 * <p>N of a prefix says on which nodes its keys are, and nothing moves them: a change that would give a key another N is refused while there is such a key. The
 * look is a scan of the cluster; a key escapes it that is written meanwhile, or later through a node that has not heard of the change.
 */
final class PolicyCommands {
  private static final List<SlotRange> EVERYWHERE = List.of(new SlotRange(0, Slot.COUNT - 1));
  private static final int PAGE = 1000;

  private final CoordinatorShell shell;
  private final SharedView shared;
  private final ClusterSettings defaults;
  private final Context context;

  PolicyCommands(CoordinatorShell shell, SharedView shared, ClusterSettings defaults, Context context) {
    this.shell = shell;
    this.shared = shared;
    this.defaults = defaults;
    this.context = context;
  }

  RespValue get(KvCommand.PolicyGet get) {
    return policies().at(get.prefix()).map(policy -> map(get.prefix(), policy)).orElse(RespValue.NIL);
  }

  RespValue list() {
    return RespValue.array(
        policies().said().stream().map(entry -> map(entry.prefix(), entry.policy().orElseThrow())).toList());
  }

  void set(KvCommand.PolicySet set, Consumer<RespValue> reply) {
    if (set.prefix().size() > PolicyEntry.MAX_PREFIX_BYTES) {
      reply.accept(ErrorCode.ERR.error("the prefix of a policy has at most " + PolicyEntry.MAX_PREFIX_BYTES
          + " bytes, not " + set.prefix().size()));
      return;
    }
    Policy given;
    try {
      given = new Policy(set.conflict(), set.read(), set.write(), set.replicas(), set.strong());
    } catch (IllegalArgumentException wrong) {
      reply.accept(ErrorCode.ERR.error(wrong.getMessage()));
      return;
    }
    var said = given.over(policies().at(set.prefix()).orElse(Policy.NONE));
    change(new PolicyChange(set.prefix(), Optional.of(given)), Optional.of(said), RespValue.OK, reply);
  }

  void delete(KvCommand.PolicyDel del, Consumer<RespValue> reply) {
    if (policies().at(del.prefix()).isEmpty()) {
      reply.accept(RespValue.ZERO);
    } else {
      change(new PolicyChange(del.prefix(), Optional.empty()), Optional.empty(), RespValue.ONE, reply);
    }
  }

  private PolicyTable policies() {
    return shared.current().policies();
  }

  /** @param said what the prefix says after the change */
  private void change(PolicyChange change, Optional<Policy> said, RespValue done, Consumer<RespValue> reply) {
    var before = policies();
    var after = before.with(change.prefix(), said);
    var refusal = unready().or(() -> contradiction(change.prefix(), after));
    if (refusal.isPresent()) {
      reply.accept(refusal.get());
    } else if (replicas(before, change.prefix()) == replicas(after, change.prefix())) {
      submit(change, done, reply);
    } else {
      submitIfNoKeyMoves(change, before, after, ScanPoint.START, done, reply);
    }
  }

  private Optional<RespValue> unready() {
    var view = shared.current();
    if (!view.isFormed()) {
      return Optional
          .of(OutcomeReplies.error(new Outcome.Refused(Outcome.Reason.LOADING, "the cluster is forming")));
    }
    return view.trustsClock()
        ? Optional.empty()
        : Optional.of(OutcomeReplies.error(new Outcome.Refused(Outcome.Reason.CLOCK,
            "this node's clock is too far from its peers', ask another node")));
  }

  private Optional<RespValue> contradiction(Bytes prefix, PolicyTable after) {
    return after.resolve(prefix).contradiction(defaults.replicas(), defaults.readLevel(), defaults.writeLevel())
        .map(wrong -> ErrorCode.ERR.error(wrong + " of '" + prefix + "'"));
  }

  private int replicas(PolicyTable policies, Bytes key) {
    return policies.resolve(key).replicas().orElse(defaults.replicas());
  }

  private void submitIfNoKeyMoves(PolicyChange change, PolicyTable before, PolicyTable after, ScanPoint from,
      RespValue done, Consumer<RespValue> reply) {
    shell.request(new Request.Scan(EVERYWHERE, from, PAGE), outcome -> {
      if (!(outcome instanceof Outcome.Listed listed)) {
        reply.accept(OutcomeReplies.error(outcome));
        return;
      }
      var moving = listed.keys().stream().filter(key -> replicas(before, key) != replicas(after, key)).findFirst();
      if (moving.isPresent()) {
        reply.accept(ErrorCode.ERR.error("N of '" + change.prefix() + "' cannot change while it holds keys such as '"
            + moving.get() + "'"));
      } else if (listed.next().isEnd()) {
        submit(change, done, reply);
      } else {
        submitIfNoKeyMoves(change, before, after, listed.next(), done, reply);
      }
    });
  }

  private void submit(PolicyChange change, RespValue done, Consumer<RespValue> reply) {
    shared.change(change, context, fate -> reply.accept(switch (fate) {
      case KEPT -> done;
      case NO_ROOM -> ErrorCode.ERR.error("there are " + PolicyTable.MAX_ENTRIES
          + " policies, as many as there can be; a deleted one counts for a week");
      case NOT_ON_DISK -> OutcomeReplies.error(new Outcome.Uncertain("the policy could not be written to the disk"));
    }));
  }

  private static RespValue map(Bytes prefix, Policy policy) {
    var pairs = new ArrayList<RespValue>();
    add(pairs, "prefix", Optional.of(RespValue.bulk(prefix)));
    add(pairs, "conflict", policy.conflict().map(kept -> RespValue.bulk(switch (kept) {
      case SIBLINGS -> "siblings";
      case LATEST -> "latest";
    })));
    add(pairs, "read", policy.read().map(level -> RespValue.bulk(level.toString())));
    add(pairs, "write", policy.write().map(level -> RespValue.bulk(level.toString())));
    policy.replicas().ifPresent(n -> add(pairs, "n", Optional.of(RespValue.integer(n))));
    add(pairs, "mode", policy.strong().map(strong -> RespValue.bulk(strong ? "strong" : "normal")));
    return new RespValue.MapReply(pairs);
  }

  private static void add(List<RespValue> pairs, String name, Optional<RespValue> value) {
    value.ifPresent(shown -> {
      pairs.add(RespValue.bulk(name));
      pairs.add(shown);
    });
  }
}
