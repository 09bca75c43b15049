package dev.torc.cluster.sim;

import dev.torc.cluster.effect.Effect;
import dev.torc.cluster.paxos.AcceptorState;
import dev.torc.cluster.storage.AcceptorStep;
import dev.torc.cluster.storage.Hint;
import dev.torc.cluster.storage.HintStep;
import dev.torc.cluster.storage.Key;
import dev.torc.cluster.storage.MemoryHints;
import dev.torc.cluster.storage.MemoryReplicaStore;
import dev.torc.cluster.storage.ReapAnswer;
import dev.torc.cluster.storage.ReapStep;
import dev.torc.cluster.storage.StoreAnswer;
import dev.torc.cluster.storage.StoreStep;
import dev.torc.cluster.time.HybridClock;
import dev.torc.cluster.version.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A node's store on its disk: batches that take their time; a process that dies leaves all that it wrote, a power cut takes what was not synced, or the
 * later part of it; errors after which the store stamps under new actors.
 */
final class SimDisk {

  private static final StoreAnswer LOST = new StoreAnswer.Failed(StoreAnswer.Cause.COMMIT, "the disk failed");

  private final SimCluster cluster;
  private final SimNode node;
  private final TreeMap<Key, StoredRecord> synced = new TreeMap<>();
  private final TreeMap<Key, AcceptorState> syncedAcceptors = new TreeMap<>();
  private final TreeMap<MemoryHints.Id, Hint> syncedHints = new TreeMap<>();
  private final List<Unsynced> unsynced = new ArrayList<>();
  private List<Effect.Store> queue = new ArrayList<>();
  private MemoryReplicaStore store;
  private boolean busy;
  private boolean failing;
  /** Whether half of what it is asked succeeds; else only some reads do. */
  private boolean flaky;
  private long life;
  private long losses;
  /** As the disk was when the process last started; somebody may bring it back one day. */
  private MemoryReplicaStore copy;
  private CausalOracle.Copy copied;

  SimDisk(SimCluster cluster, SimNode node) {
    this.cluster = cluster;
    this.node = node;
  }

  MemoryReplicaStore store() {
    return store;
  }

  int queued() {
    return queue.size();
  }

  /** A process starts on what is there. */
  void open(HybridClock clock) {
    var opened = new MemoryReplicaStore(clock, cluster.kernel().split());
    if (store != null) {
      opened.continueFrom(store);
    }
    store = opened;
    sync();
    if (cluster.config().diskLoss()) {
      copy = new MemoryReplicaStore(clock, cluster.kernel().stream("copy", node.index()));
      copy.continueFrom(store);
      copied = cluster.oracle().copy(node.index());
    }
  }

  /**
   * The disk is another one: an empty one, or an older copy of this one. The process is not running. Its peers tell it at its next start that it is a copy, and it sets the database
   * aside; where nobody can tell, nobody should put a copy back.
   */
  void lose(boolean hasCopy) {
    losses++;
    unsynced.clear();
    boolean recognised = !hasCopy || cluster.mutant().recognisesAnOlderCopy();
    cluster.kernel().trace(() -> node.index() + " begins with " + (recognised
        ? "nothing" + (hasCopy ? ", since its peers know of a later life than the copy's" : "")
        : "the copy, " + copy.records().size() + " records"));
    store.hints().all()
        .forEach((id, hint) -> cluster.oracle().onHintRolledBack(node.index(), id.key(), hint.record(), true));
    store.hints().all().clear();
    syncedHints.clear();
    store.becomes(
        !recognised ? copy : new MemoryReplicaStore(store.clock(), cluster.kernel().stream("empty", node.index())));
    synced.clear();
    synced.putAll(store.records());
    syncedAcceptors.clear();
    syncedAcceptors.putAll(store.acceptors());
    cluster.oracle().onDiskLost(node.index(), !recognised ? copied : CausalOracle.Copy.EMPTY);
    store.concern(cluster.oracle().slots());
    if (recognised) {
      cluster.mutant().onForgotten(store);
    }
  }

  /** The process ends; what was asked of it is not answered any more. */
  void close() {
    life++;
    queue = new ArrayList<>();
    busy = false;
  }

  void onStore(Effect.Store asked) {
    queue.add(asked);
    if (!busy) {
      batch();
    }
  }

  void sweep() {
    cluster.mutant().sweep(store, node.moment());
  }

  void fail(boolean fails) {
    if (failing && !fails) {
      if (cluster.config().sync() != SimConfig.Sync.ALWAYS) {
        losePart();
      }
      store.concern(cluster.oracle().slots());
      cluster.mutant().onRolledBack(store);
    }
    failing = fails;
    flaky = cluster.kernel().happens(0.5);
  }

  void sync() {
    for (var write : unsynced) {
      switch (write) {
        case Unsynced.OfRecord it -> {
          if (it.record().isEmpty()) {
            synced.remove(it.key());
          } else {
            synced.put(it.key(), it.record());
          }
          cluster.oracle().onSynced(node.index(), it.key(), it.seen());
        }
        case Unsynced.OfAcceptor it when it.state().equals(AcceptorState.EMPTY) -> syncedAcceptors.remove(it.key());
        case Unsynced.OfAcceptor it -> syncedAcceptors.put(it.key(), it.state());
        case Unsynced.OfHint it when it.hint().isNone() -> syncedHints.remove(it.id());
        case Unsynced.OfHint it -> syncedHints.put(it.id(), it.hint());
      }
    }
    unsynced.clear();
  }

  void losePower() {
    losePart();
    store.concern(cluster.oracle().slots());
    cluster.mutant().onRolledBack(store);
  }

  private void losePart() {
    losses++;
    int kept = (int) cluster.kernel().between(0, unsynced.size());
    var lost = new ArrayList<>(unsynced.subList(kept, unsynced.size()));
    unsynced.subList(kept, unsynced.size()).clear();
    sync();
    boolean byRights = cluster.config().sync() != SimConfig.Sync.ALWAYS;
    for (var write : lost) {
      switch (write) {
        case Unsynced.OfRecord it -> {
          back(store.records(), synced, it.key());
          cluster.oracle().onRolledBack(node.index(), it.key(), byRights);
        }
        case Unsynced.OfAcceptor it -> back(store.acceptors(), syncedAcceptors, it.key());
        case Unsynced.OfHint it -> {
          cluster.oracle().onHintRolledBack(node.index(), it.key(), it.hint().record(), byRights);
          back(store.hints().all(), syncedHints, it.id());
        }
      }
    }
    store.trees().rebuild(store.records());
  }

  private static <K, V> void back(TreeMap<K, V> held, TreeMap<K, V> onDisk, K key) {
    if (onDisk.containsKey(key)) {
      held.put(key, onDisk.get(key));
    } else {
      held.remove(key);
    }
  }

  private void batch() {
    busy = true;
    var batch = queue;
    queue = new ArrayList<>();
    var answers = new ArrayList<StoreAnswer>();
    for (var asked : batch) {
      answers.add(perform(asked.step()));
    }
    long startedIn = life;
    long lossesBefore = losses;
    boolean synced = batch.stream().anyMatch(asked -> cluster.mutant().isSynced(asked.step()));
    boolean early = cluster.mutant().answersBeforeSync();
    cluster.kernel().after(latency(), () -> {
      if (startedIn == life) {
        if (synced || cluster.config().sync() == SimConfig.Sync.ALWAYS && !early) {
          sync();
        }
        busy = false;
        for (int i = 0; i < batch.size(); i++) {
          boolean lost = cluster.mutant().isSynced(batch.get(i).step()) && losses != lossesBefore;
          answers.set(i, lost ? LOST : answers.get(i));
        }
        node.onStored(batch.stream().mapToLong(Effect.Store::ticket).toArray(), answers);
        if (!busy && !queue.isEmpty()) {
          batch();
        }
      }
    });
  }

  private StoreAnswer perform(StoreStep step) {
    if (failing && fails(step)) {
      return cluster.mutant().failed(step);
    }
    if (step instanceof AcceptorStep acceptor) {
      var answer = cluster.mutant().perform(store, step, node.moment());
      if (acceptor instanceof AcceptorStep.Accept accept) {
        cluster.oracle().onAccept(accept);
      }
      unsynced.add(new Unsynced.OfAcceptor(acceptor.key(),
          store.acceptors().getOrDefault(acceptor.key(), AcceptorState.EMPTY)));
      return answer;
    }
    if (step instanceof HintStep.OnKey hint) {
      return perform(hint);
    }
    if (step instanceof ReapStep reap) {
      return perform(reap);
    }
    if (!(step instanceof StoreStep.OnKey onKey)) {
      return cluster.mutant().perform(store, step, node.moment());
    }
    var before = store.records().getOrDefault(onKey.key(), StoredRecord.EMPTY);
    var answer = cluster.mutant().perform(store, step, node.moment());
    var after = store.records().getOrDefault(onKey.key(), StoredRecord.EMPTY);
    cluster.oracle().onStep(node.index(), onKey, answer, after);
    if (before != after) {
      unsynced.add(new Unsynced.OfRecord(onKey.key(), after, cluster.oracle().seen(node.index(), onKey.key())));
    }
    return answer;
  }

  private StoreAnswer perform(ReapStep step) {
    var before = store.records().getOrDefault(step.key(), StoredRecord.EMPTY);
    var accepted = store.acceptors().getOrDefault(step.key(), AcceptorState.EMPTY).value();
    var answer = cluster.mutant().perform(store, step, node.moment());
    if (answer instanceof ReapAnswer.Reaped reaped && reaped.isReaped()) {
      var held = cluster.ring().preferenceList(step.key().slot()).nodes().stream()
          .map(replica -> cluster.node(cluster.indexOf(replica)).disk().store().records())
          .map(records -> records.getOrDefault(step.key(), StoredRecord.EMPTY)).toList();
      cluster.oracle().onReaped(step.key(), before, accepted, held, node.moment().wallMillis());
      unsynced.add(new Unsynced.OfRecord(step.key(), StoredRecord.EMPTY,
          cluster.oracle().seen(node.index(), step.key())));
      unsynced.add(new Unsynced.OfAcceptor(step.key(), AcceptorState.EMPTY));
    }
    return answer;
  }

  private StoreAnswer perform(HintStep.OnKey step) {
    var hints = store.hints().all();
    var ids = step.owners().stream().map(owner -> new MemoryHints.Id(owner, step.key())).toList();
    var before = ids.stream().map(id -> hints.getOrDefault(id, Hint.NONE)).toList();
    var answer = cluster.mutant().perform(store, step, node.moment());
    for (int i = 0; i < ids.size(); i++) {
      var after = hints.getOrDefault(ids.get(i), Hint.NONE);
      if (after != before.get(i)) {
        cluster.oracle().onHint(step, answer, before.get(i).record(), after.record());
        unsynced.add(new Unsynced.OfHint(step.key(), ids.get(i), after));
      }
    }
    if (step instanceof HintStep.Drop drop && hints.getOrDefault(ids.getFirst(), Hint.NONE).isNone()) {
      var replicas = cluster.ring().preferenceList(drop.key().slot()).nodes().stream().map(cluster::indexOf).toList();
      cluster.oracle().onHintDropped(node.index(), cluster.indexOf(drop.owner()), replicas, drop,
          before.getFirst().record());
    }
    return answer;
  }

  private boolean fails(StoreStep step) {
    boolean reads = step instanceof StoreStep.Fetch || step instanceof HintStep.FetchKept;
    return cluster.kernel().happens(flaky ? 0.5 : reads ? 0.3 : 1);
  }

  private long latency() {
    var kernel = cluster.kernel();
    return kernel.happens(0.02) ? kernel.between(20, 300) : kernel.between(1, 4);
  }
}
