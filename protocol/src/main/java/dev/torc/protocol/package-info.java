/**
 * What both halves of the module speak of.
 *
 * <ul>
 * <li>{@link dev.torc.protocol.Bytes}: an immutable string of bytes: a key, a value, a word.
 * <li>{@link dev.torc.protocol.Xxh3}: the hash that DIGEST answers.
 * </ul>
 */
package dev.torc.protocol;
