/**
 * A replica's storage on RocksDB. A batch goes {@link dev.torc.engine.StorageShard} → {@link dev.torc.engine.RocksReplicaStore} →
 * {@code StepRun} → {@code WorkingSet} (read) → the steps' own code → {@code ShardCommit} (write) → the batch's callback.
 *
 * <p>To use:
 * <ul>
 * <li>{@link dev.torc.engine.RocksEngine} all of it, opened and closed
 * <li>{@link dev.torc.engine.EngineConfig} how it is to be kept
 * <li>{@link dev.torc.engine.EngineHost} time, randomness, boot id, and whom to tell of a broken invariant
 * <li>{@link dev.torc.engine.WriteSync} when a write is on disk
 * <li>{@link dev.torc.engine.StorageShard} one worker and its queue
 * <li>{@link dev.torc.engine.StepBatch} what an event loop hands to a shard
 * <li>{@link dev.torc.engine.RocksReplicaStore} the port
 * <li>{@link dev.torc.engine.NodeIdentity} who the node is, and in which generation
 * <li>{@link dev.torc.engine.DirectoryLock} one process per data directory
 * <li>{@link dev.torc.engine.EngineFigures} what an operator sees
 * <li>{@link dev.torc.engine.DiskState} how the disk does
 * <li>{@link dev.torc.engine.EngineException}, {@link dev.torc.engine.DirectoryInUseException} why it does not work, in one line
 * </ul>
 *
 * <p>Within:
 * <ul>
 * <li>{@code Database} the one RocksDB through its disk's bad days, {@code DataDirectory} as it was opened last; {@code Gate} who keeps it
 * open
 * <li>{@code Incarnation} one opening of it, and what may be believed of the one before
 * <li>{@code BootMark} the kernel boot of that opening, {@code WrittenMark} how far its log had come
 * <li>{@code Tables} the handles of one opening
 * <li>{@code TablesWrite} something to be written to them
 * <li>{@code Tuning} RocksDB's options
 * <li>{@code Table}, {@code MetaKey}, {@code DiskKey} what lies where
 * <li>{@code StepRun} steps on keys, performed and committed together
 * <li>{@code WorkingSet}, {@code Held} the records of a run of steps
 * <li>{@code WorkingAcceptors}, {@code HeldAcceptor} the acceptors' states of a run of steps
 * <li>{@code WorkingHints}, {@code HeldHint}, {@code HintKey} the hints of a run of steps; {@code HintCommit} their part of a commit, {@code HintTally} how many
 * there are, {@code HintScan} lists of them
 * <li>{@code HotMap}, {@code HotRecords}, {@code HotAcceptors} the records and acceptors' states touched last, decoded
 * <li>{@code ShardCommit} one atomic write
 * <li>{@code SlotBook} which slots are catching up, and their floors
 * <li>{@code SlotRun}, {@code SlotListing} steps on slots, and pages of what is in them; {@code Listings} what is told of many keys at once
 * <li>{@code Forgotten}, {@code ForgottenMark} what may be lost, and that it must not be forgotten
 * <li>{@code Damage} what the disk does not give back as it was written, {@code Healing} whether something is done about it
 * <li>{@code SetAside} a database that was put out of the way, {@code Salvage}, {@code SalvageRun}, {@code TornRange} what can be read of it
 * <li>{@code Remembered} what the node must remember, {@code Keepsakes} of it is there although its database is gone
 * <li>{@code Attendance} when this node was last in touch with the others
 * <li>{@code Actors} who stamps in which slot
 * <li>{@code ClockLease} a ceiling on disk above the clock
 * <li>{@code RecordScan} one page of keys
 * <li>{@code SlotCounts} keys per slot
 * <li>{@code HashForest}, {@code HashTree} hashes of all records, {@code ForestFile} as a clean stop leaves them
 * <li>{@code SlotRebuild}, {@code SlotFigures}, {@code SlotKnowledge} how both are kept, and built again; {@code SlotReading} when, {@code SlotFindings} and
 * what it finds
 * <li>{@code LeafScan} the keys of one leaf
 * <li>{@code ExpiryIndex}, {@code ExpirySweep} what expires when, and when to look
 * <li>{@code Leftovers} of which keys nothing but tombstones or promises is left
 * <li>{@code DiskSpace} room on the disk
 * <li>{@code SyncedFile} a small file, old or new but whole
 * <li>{@code StoreMeters} counters
 * </ul>
 */
package dev.torc.engine;
