/**
 * Five nodes, real clients, and everything that one machine can do to them.
 *
 * <ul>
 * <li>{@link dev.torc.compat.chaos.ChaosTest} the test
 * <li>{@link dev.torc.compat.chaos.FaultsTest} each fault shows its effect
 * <li>{@link dev.torc.compat.chaos.Stage} the nodes, and how each kind of fault is done to them
 * <li>{@link dev.torc.compat.chaos.FaultKind} what can be done
 * <li>{@link dev.torc.compat.chaos.Fault} one thing that goes wrong and is put right
 * <li>{@link dev.torc.compat.chaos.Mayhem} one fault after another, from a seed
 * <li>{@link dev.torc.compat.chaos.SmallDisk} a disk that can be full
 * <li>{@link dev.torc.compat.chaos.PowerSupply} a machine whose power can be cut
 * <li>{@link dev.torc.compat.chaos.WrongClock} a clock that can be set wrong
 * <li>{@link dev.torc.compat.chaos.Loads} the clients
 * <li>{@link dev.torc.compat.chaos.PlainWriter} one that knows nothing of Torc
 * <li>{@link dev.torc.compat.chaos.Convergence} what the replicas have in the end, and when
 * <li>{@link dev.torc.compat.chaos.AvailabilityTest} how many requests are answered while nodes die
 * <li>{@link dev.torc.compat.chaos.SteadyLoad} clients for which requests are due at a steady rate
 * <li>{@link dev.torc.compat.chaos.ReliabilityReport} how it went
 * </ul>
 */
package dev.torc.compat.chaos;
