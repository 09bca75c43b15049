/**
 * The protocol, byte by byte.
 *
 * <ul>
 * <li>{@link dev.torc.compat.resp.RespSocket} a client that knows nothing but the protocol
 * </ul>
 */
package dev.torc.compat.resp;
