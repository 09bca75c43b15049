/**
 * Redis clients: their sockets, their commands, their replies.
 *
 * <ul>
 * <li>{@link dev.torc.verticles.client.ClientLoop} one event loop's clients
 * <li>{@link dev.torc.verticles.client.ClientConnection} one socket: bytes to commands, replies to bytes
 * <li>{@link dev.torc.verticles.client.InputHold} and {@link dev.torc.verticles.client.ReplyHold} what it holds of the node's memory
 * <li>{@link dev.torc.verticles.client.ReplyOutlet} replies into the socket, as the client takes them
 * <li>{@link dev.torc.verticles.client.ClientSession} what it remembers of its client
 * <li>{@link dev.torc.verticles.client.Farewell} how it ends
 * <li>{@link dev.torc.verticles.client.Clients} all connections of the node
 * <li>{@link dev.torc.verticles.client.KeyOrder} what of one connection's commands may run at once
 * <li>{@link dev.torc.verticles.client.CommandRunner} hands a command to its family:
 * {@link dev.torc.verticles.client.DataCommands}, {@link dev.torc.verticles.client.KeyspaceCommands},
 * {@link dev.torc.verticles.client.PolicyCommands},
 * {@link dev.torc.verticles.client.ServerCommands}, {@link dev.torc.verticles.client.ConnectionCommands}
 * <li>{@link dev.torc.verticles.client.StrongCommands} what reads before it writes, {@link dev.torc.verticles.client.JointCommands} on
 * several keys, {@link dev.torc.verticles.client.KvCommands} Torc's own, and
 * {@link dev.torc.verticles.client.KvReplies} their answers
 * <li>{@link dev.torc.verticles.client.ExplainCommand} KV.EXPLAIN, {@link dev.torc.verticles.client.WaitCommands} WAIT and WAITAOF
 * <li>{@link dev.torc.verticles.client.KeyRequests} requests about single keys, {@link dev.torc.verticles.client.Gather} many for one command
 * <li>{@link dev.torc.verticles.client.ConnectionTerms} what a client has said of its connection, {@link dev.torc.verticles.client.Levels} at
 * which level a request is carried out
 * <li>{@link dev.torc.verticles.client.SessionCommands} KV.SESSION, {@link dev.torc.verticles.client.InSession} requests of clients in a session
 * <li>{@link dev.torc.verticles.client.Values} a key's value, {@link dev.torc.verticles.client.Expiries} when it stops to be
 * <li>{@link dev.torc.verticles.client.OutcomeReplies} errors as clients read them
 * <li>{@link dev.torc.verticles.client.InfoReport} INFO, {@link dev.torc.verticles.client.ClusterReplies} CLUSTER,
 * {@link dev.torc.verticles.client.RuntimeSettings} CONFIG, {@link dev.torc.verticles.client.NodeNames} how a node is named
 * <li>{@link dev.torc.verticles.client.CommandMeters} commands counted and timed
 * <li>{@link dev.torc.verticles.client.NodeState} what all event loops share
 * </ul>
 */
package dev.torc.verticles.client;
