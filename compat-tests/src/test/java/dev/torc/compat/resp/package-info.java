/**
 * The protocol, byte by byte.
 *
 * <ul>
 * <li>{@link dev.torc.compat.resp.RespSocket} a client that knows nothing but the protocol
 * <li>{@link dev.torc.compat.resp.KvReply} an answer of names and values
 * <li>{@link dev.torc.compat.resp.Transcript} commands and answers in a file
 * </ul>
 */
package dev.torc.compat.resp;
