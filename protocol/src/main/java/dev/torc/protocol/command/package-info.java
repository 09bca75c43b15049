/**
 * The command language: words in, typed commands out, and one table that knows all of them.
 *
 * <p>The commands:
 * <ul>
 * <li>{@link dev.torc.protocol.command.Command}: what a client asked for; {@code Refused} and {@code Answered} need no running.
 * <li>{@link dev.torc.protocol.command.DataCommand}: names its keys.
 * <li>{@link dev.torc.protocol.command.StrongCommand}: reads its keys before it writes them, as one operation.
 * <li>{@link dev.torc.protocol.command.KvCommand}: Torc's own: contexts, levels, sessions, policies.
 * <li>{@link dev.torc.protocol.command.KeyspaceCommand}: about keys that it does not name.
 * <li>{@link dev.torc.protocol.command.ConnectionCommand}: about the connection.
 * <li>{@link dev.torc.protocol.command.ServerCommand}: about one node and its picture of the cluster.
 * <li>{@link dev.torc.protocol.command.TableCommand}: the COMMAND family.
 * <li>{@link dev.torc.protocol.command.Access}: what a connection keeps in order about a command.
 * <li>{@link dev.torc.protocol.command.Expiry}: when a value stops to be.
 * <li>{@link dev.torc.protocol.command.ExpireRule}: which expiries may be replaced.
 * <li>{@link dev.torc.protocol.command.Condition}: what must hold of a value for a compare-and-set.
 * <li>{@link dev.torc.protocol.command.FloatText}: the numbers of INCRBYFLOAT.
 * <li>{@link dev.torc.protocol.command.TtlForm}: how an expiry is told.
 * <li>{@link dev.torc.protocol.command.Glob}: Redis's patterns, in bounded time.
 * <li>{@link dev.torc.protocol.command.Level}: how many replicas must answer.
 * <li>{@link dev.torc.protocol.command.LevelChange}: what KV.LEVEL does to one.
 * <li>{@link dev.torc.protocol.command.Errors}: the error texts.
 * <li>{@link dev.torc.protocol.command.ErrorCode}: their first words, by which clients retry or do not.
 * </ul>
 *
 * <p>The table:
 * <ul>
 * <li>{@link dev.torc.protocol.command.CommandTable}: all commands.
 * <li>{@link dev.torc.protocol.command.CommandSpec}: a row.
 * <li>{@link dev.torc.protocol.command.KeyRange}: where the keys stand.
 * <li>{@link dev.torc.protocol.command.CommandGroup}: collects the rows of a group.
 * <li>{@link dev.torc.protocol.command.StringCommands}, {@link dev.torc.protocol.command.GenericCommands},
 * {@link dev.torc.protocol.command.ConnectionCommands}, {@link dev.torc.protocol.command.ServerCommands},
 * {@link dev.torc.protocol.command.ClusterCommands}, {@link dev.torc.protocol.command.KvCommands}, {@link dev.torc.protocol.command.StubCommands}: the rows.
 * <li>{@link dev.torc.protocol.command.NameTable}: finds a name in either case without making a string.
 * <li>{@link dev.torc.protocol.command.CommandReplies}: the table as COMMAND's replies.
 * <li>{@link dev.torc.protocol.command.CommandDocs}: the table as docs/commands.md.
 * <li>{@link dev.torc.protocol.command.ArgumentGrammar}: reads a row's grammar.
 * <li>{@link dev.torc.protocol.command.ArgumentSpec}: one argument of it.
 * </ul>
 *
 * <p>The parser:
 * <ul>
 * <li>{@link dev.torc.protocol.command.CommandParser}: the way in.
 * <li>{@link dev.torc.protocol.command.Parsing}: makes one command of its words.
 * <li>{@link dev.torc.protocol.command.SetParsing}, {@link dev.torc.protocol.command.KeyParsing},
 * {@link dev.torc.protocol.command.ConnectionParsing}, {@link dev.torc.protocol.command.ClientParsing},
 * {@link dev.torc.protocol.command.ServerParsing}, {@link dev.torc.protocol.command.StrongParsing},
 * {@link dev.torc.protocol.command.KvParsing}, {@link dev.torc.protocol.command.PolicyParsing}: the parsings that need more than a line.
 * <li>{@link dev.torc.protocol.command.ExpiryOption}: one of EX, PX, EXAT, PXAT and what stands instead.
 * <li>{@link dev.torc.protocol.command.ConditionOption}: one of NX, XX, IFEQ and its kin.
 * <li>{@link dev.torc.protocol.command.KvOptions}: the options of Torc's own reads and writes.
 * <li>{@link dev.torc.protocol.command.Words}: what they share.
 * <li>{@link dev.torc.protocol.command.Refusal}: ends a parsing.
 * </ul>
 */
package dev.torc.protocol.command;
