/**
 * The command line: one node in the foreground, or a cluster of several processes on this machine.
 *
 * <ul>
 * <li>{@link dev.torc.verticles.cli.Main} where the process begins
 * <li>{@link dev.torc.verticles.cli.ServerCommand} runs one node
 * <li>{@link dev.torc.verticles.cli.NodeStarter} how one node is run
 * <li>{@link dev.torc.verticles.cli.StartFailure} the one line for a start that fails as expected
 * <li>{@link dev.torc.verticles.cli.UpCommand} starts a cluster and follows it
 * <li>{@link dev.torc.verticles.cli.Recovering} which nodes it starts without the database that they have
 * <li>{@link dev.torc.verticles.cli.DownCommand} stops it
 * <li>{@link dev.torc.verticles.cli.StatusCommand} prints the ring as one node sees it
 * <li>{@link dev.torc.verticles.cli.RehearseCommand} runs two nodes for a moment, so that others start faster
 * <li>{@link dev.torc.verticles.cli.PartitionCommand} cuts nodes of a cluster on this machine off from the others
 * <li>{@link dev.torc.verticles.cli.HealCommand} joins them again
 * <li>{@link dev.torc.verticles.cli.Partition} the packets that vanish in between
 * <li>{@link dev.torc.verticles.cli.LocalCluster} the nodes of one data directory
 * <li>{@link dev.torc.verticles.cli.ClusterLayout} how many nodes, on which ports
 * <li>{@link dev.torc.verticles.cli.NodeHome} one node's directory, log and process
 * <li>{@link dev.torc.verticles.cli.NodeLauncher} the command line of a node's process
 * <li>{@link dev.torc.verticles.cli.NodeQuery} asks a node for its view of the ring
 * <li>{@link dev.torc.verticles.cli.RingView} that view
 * <li>{@link dev.torc.verticles.cli.RingTable} that view as a table
 * <li>{@link dev.torc.verticles.cli.Repairs} what the nodes have yet to give each other
 * <li>{@link dev.torc.verticles.cli.PortCheck} which port is in use
 * <li>{@link dev.torc.verticles.cli.Patience} waiting for a condition
 * </ul>
 */
package dev.torc.verticles.cli;
