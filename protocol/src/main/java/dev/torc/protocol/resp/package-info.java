/**
 * RESP, the Redis serialization protocol, versions 2 and 3, as a server speaks it.
 *
 * <ul>
 * <li>{@link dev.torc.protocol.resp.RespLimits}: what one request may cost.
 * <li>{@link dev.torc.protocol.resp.RespDecoder}: chunks of a socket in, words of commands out.
 * <li>{@link dev.torc.protocol.resp.InlineWords}: splits a line typed by a person into words.
 * <li>{@link dev.torc.protocol.resp.ProtocolException}: the stream cannot be understood any further.
 * <li>{@link dev.torc.protocol.resp.RespVersion}: RESP2 or RESP3.
 * <li>{@link dev.torc.protocol.resp.RespValue}: one reply.
 * <li>{@link dev.torc.protocol.resp.RespEncoder}: a reply as bytes of either version.
 * <li>{@link dev.torc.protocol.resp.RespBuffer}: the growing bytes that are written to a socket.
 * <li>{@link dev.torc.protocol.resp.ReplyPipeline}: replies leave in the order of their requests.
 * <li>{@link dev.torc.protocol.resp.Decimal}: Redis's strict reading of a decimal integer.
 * </ul>
 */
package dev.torc.protocol.resp;
