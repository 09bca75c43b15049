/**
 * A whole cluster on one thread under one seed: the real core, everything around it simulated.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.sim.Simulation} one run; {@link dev.torc.cluster.sim.SimConfig} what kind of world a seed makes
 * <li>{@link dev.torc.cluster.sim.SimKernel} time, chance, the order of events; {@link dev.torc.cluster.sim.SimCluster} all parts, wired
 * <li>{@link dev.torc.cluster.sim.SimNode} a machine and its process, {@link dev.torc.cluster.sim.SimDisk} its store
 * <li>{@link dev.torc.cluster.sim.SimNetwork} what lies between, {@link dev.torc.cluster.sim.SimLinks} what nodes believe of each other
 * <li>{@link dev.torc.cluster.sim.Nemesis} does harm, {@link dev.torc.cluster.sim.LinkNemesis} to links; {@link dev.torc.cluster.sim.QuietEnd} all is well again, and is it?
 * <li>{@link dev.torc.cluster.sim.Workload} a client, {@link dev.torc.cluster.sim.ScanWorkload} its scans,
 * {@link dev.torc.cluster.sim.BatchWorkload} its commands on several keys, {@link dev.torc.cluster.sim.StormWorkload} very many at once, {@link dev.torc.cluster.sim.Clients} and
 * {@link dev.torc.cluster.sim.Operation} what they have under way, {@link dev.torc.cluster.sim.WriteNumbers} how writes are told apart
 * <li>{@link dev.torc.cluster.sim.JointWorkload} clients of strong operations on several keys, {@link dev.torc.cluster.sim.JointModel} what those should do
 * <li>{@link dev.torc.cluster.sim.CausalOracle} true histories beside the records, {@link dev.torc.cluster.sim.KeyHistory} one key's,
 * {@link dev.torc.cluster.sim.Losses} what nodes lost of it by rights
 * <li>{@link dev.torc.cluster.sim.ClientOracle} what outcomes promise
 * <li>{@link dev.torc.cluster.sim.SimChores} what a node does beside its requests
 * <li>{@link dev.torc.cluster.sim.Invariant} what must hold, {@link dev.torc.cluster.sim.Violations} what did not
 * <li>{@link dev.torc.cluster.sim.Mutant} what may be wrong in a shell or a store; {@link dev.torc.cluster.sim.ShellMutants}, {@link dev.torc.cluster.sim.BoundMutants},
 * {@link dev.torc.cluster.sim.StoreMutants}, {@link dev.torc.cluster.sim.ReapMutants}, {@link dev.torc.cluster.sim.VersionMutants}, {@link dev.torc.cluster.sim.ReplyMutants}, {@link dev.torc.cluster.sim.StrongMutants} acceptors, {@link dev.torc.cluster.sim.ProposerMutants},
 * {@link dev.torc.cluster.sim.TreeMutants} comparing replicas,
 * {@link dev.torc.cluster.sim.RecoveryMutants} how one comes back; {@link dev.torc.cluster.sim.Confident} a store that takes itself for whole
 * </ul>
 */
package dev.torc.cluster.sim;
