/**
 * Was that linearizable? A checker for what clients of one key saw, of a simulated cluster or of a real one.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.check.Linearizability} asks; {@link dev.torc.cluster.check.Call} what a client did and saw;
 * {@link dev.torc.cluster.check.Verdict} the answer
 * <li>{@link dev.torc.cluster.check.Model} what an object may answer; {@link dev.torc.cluster.check.RegisterModel} that of a key with a string,
 * {@link dev.torc.cluster.check.RegisterOp} and {@link dev.torc.cluster.check.RegisterResult} what is asked of it and what it says,
 * {@link dev.torc.cluster.check.Unseen} which values nobody saw
 * <li>{@link dev.torc.cluster.check.Search} one round of the search; {@link dev.torc.cluster.check.Timeline} who may come next,
 * {@link dev.torc.cluster.check.Configurations} where it has been, {@link dev.torc.cluster.check.Needs} which states are wanted, {@link dev.torc.cluster.check.CallSet} which unknown calls it used,
 * {@link dev.torc.cluster.check.Budget} how far it may go
 * <li>{@link dev.torc.cluster.check.RandomHistory} histories of a register that is linearizable, for the tests of the checker;
 * {@link dev.torc.cluster.check.EveryOrder} checks by trying everything
 * </ul>
 */
package dev.torc.cluster.check;
