/**
 * Binary forms, all versioned and bounds-checked.
 *
 * <ul>
 * <li>{@link dev.torc.cluster.wire.ByteWriter}, {@link dev.torc.cluster.wire.ByteReader} numbers and bytes
 * <li>{@link dev.torc.cluster.wire.RecordCodec} records, on disk and on the wire
 * <li>{@link dev.torc.cluster.wire.PeerCodec} what nodes say over TCP, {@link dev.torc.cluster.wire.StepCodec} the storage steps in it,
 * {@link dev.torc.cluster.wire.SlotCodec} those on whole slots
 * <li>{@link dev.torc.cluster.wire.AcceptorCodec}, {@link dev.torc.cluster.wire.EnvelopeCodec}, {@link dev.torc.cluster.wire.ChangeCodec} the same for strong
 * operations
 * <li>{@link dev.torc.cluster.wire.HintCodec} hints, on disk and on the wire
 * <li>{@link dev.torc.cluster.wire.ReapCodec} and for the end of deletions
 * <li>{@link dev.torc.cluster.wire.TreeCodec} and for comparisons of replicas
 * <li>{@link dev.torc.cluster.wire.PeerHello} how a connection between nodes begins
 * <li>{@link dev.torc.cluster.wire.StateRequest} how one begins that only asks what a node knows of the members
 * <li>{@link dev.torc.cluster.wire.FrameQueue}, {@link dev.torc.cluster.wire.FrameAssembler} many messages over one connection
 * <li>{@link dev.torc.cluster.wire.GossipCodec} what nodes say over UDP
 * <li>{@link dev.torc.cluster.wire.PolicyCodec} policies of key prefixes, on disk and in gossip
 * <li>{@link dev.torc.cluster.wire.MalformedException} bytes that are not what they claim
 * <li>{@link dev.torc.cluster.wire.CausalityCodec} what a write comes after
 * <li>{@link dev.torc.cluster.wire.ContextText} contexts as clients carry them, {@link dev.torc.cluster.wire.SealedText} letters that tell whether they are whole
 * </ul>
 */
package dev.torc.cluster.wire;
