/**
 * Client operations, from request to outcome, and a replica's duties for others.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.coordination.Coordinator} all that is open at one event loop
 * <li>{@link dev.torc.cluster.coordination.CoordinatorConfig} its limits
 * <li>{@link dev.torc.cluster.coordination.Operations} which operation carries out a request
 * <li>{@link dev.torc.cluster.coordination.Coordination} one operation; below it, a class for each kind:
 * <li>{@link dev.torc.cluster.coordination.ReadCoordination} a quorum read with its repair
 * <li>{@link dev.torc.cluster.coordination.BoundedReadCoordination} a read whose answer may be only so old, {@link dev.torc.cluster.coordination.Verified} what
 * is known of that
 * <li>{@link dev.torc.cluster.coordination.ExplainCoordination} what each replica has of a key
 * <li>{@link dev.torc.cluster.coordination.ConfirmCoordination} on how many replicas writes are, {@link dev.torc.cluster.coordination.HoldersCoordination}
 * one write
 * <li>{@link dev.torc.cluster.coordination.WriteCoordination} a quorum write
 * <li>{@link dev.torc.cluster.coordination.KeepExpiryCoordination} a write that keeps the key's expiry
 * <li>{@link dev.torc.cluster.coordination.ForwardCoordination} a write that another node coordinates
 * <li>{@link dev.torc.cluster.coordination.ScanCoordination} a page of keys
 * <li>{@link dev.torc.cluster.coordination.CountCoordination} the number of keys in the cluster
 * <li>{@link dev.torc.cluster.coordination.LocalCoordination} a question to this node's own store
 * <li>{@link dev.torc.cluster.coordination.FlushCoordination} the deletion of every key
 * <li>{@link dev.torc.cluster.coordination.Quorum} counts replicas, three-valued
 * <li>{@link dev.torc.cluster.coordination.ReadTargets} whom a read asks
 * <li>{@link dev.torc.cluster.coordination.ReadAnswers} what replicas told in one read
 * <li>{@link dev.torc.cluster.coordination.Placing} what becomes of a write at each replica, {@link dev.torc.cluster.coordination.StandIns} who holds what a replica cannot be told
 * <li>{@link dev.torc.cluster.coordination.ReplicaOrder} whom to ask first, {@link dev.torc.cluster.coordination.Latencies} who is slow,
 * {@link dev.torc.cluster.coordination.Latency} how long one node takes
 * <li>{@link dev.torc.cluster.coordination.Turn} what an operation can do while an event is handled; {@link dev.torc.cluster.coordination.CoordinatorTurn}
 * does it
 * <li>{@link dev.torc.cluster.coordination.OpenOperations} who waits for what; {@link dev.torc.cluster.coordination.Call} one such,
 * {@link dev.torc.cluster.coordination.Sink} who waits for the end, {@link dev.torc.cluster.coordination.LongTable} where they are kept
 * <li>{@link dev.torc.cluster.coordination.Refusals} the words of a refusal
 * <li>{@code ChangeCoordination}, {@code StrongCoordination}, {@code Round} a strong operation where the client is, where it is carried out, and one attempt;
 * {@code QueuedCoordination} its place among those of its key
 * <li>{@code StrongReadCoordination} a linearizable read, {@code RejoinCoordination} an acceptor that may have forgotten
 * <li>{@code JointCoordination} a strong operation on several keys, {@code SettleCoordination} what brings one to an end at a key, {@code IntentWatch} which must be
 * <li>{@code Proposer} what a coordinator knows as a proposer
 * </ul>
 */
package dev.torc.cluster.coordination;
