/**
 * CASPaxos (Rystsov, 2018), beside ordinary writes: the values of strong operations.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.paxos.Ballot} the number of a round
 * <li>{@link dev.torc.cluster.paxos.Epoch} among whom a round is held
 * <li>{@link dev.torc.cluster.paxos.OperationId} the name of an operation, however often it is tried
 * <li>{@link dev.torc.cluster.paxos.Envelope} what recent operations were answered
 * <li>{@link dev.torc.cluster.paxos.AcceptorState} what a replica remembers of a key's rounds
 * </ul>
 */
package dev.torc.cluster.paxos;
