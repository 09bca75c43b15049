package dev.torc.verticles.client;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.command.ConnectionCommand.ReplyMode;
import dev.torc.protocol.resp.RespVersion;

/** What a connection remembers of its client. Written on its event loop; others read it for CLIENT LIST and may see what was true a moment ago. */
final class ClientSession {
  final long id;
  final String address;
  final String localAddress;
  final long openedAtMillis;
  RespVersion version = RespVersion.RESP2;
  Bytes name = Bytes.EMPTY;
  Bytes libraryName = Bytes.EMPTY;
  Bytes libraryVersion = Bytes.EMPTY;
  ReplyMode replyMode = ReplyMode.ON;
  boolean noEvict;
  boolean noTouch;
  ConnectionTerms terms = ConnectionTerms.fresh();
  String lastCommand = "NULL";
  long lastActiveMillis;

  ClientSession(long id, String address, String localAddress, long nowMillis) {
    this.id = id;
    this.address = address;
    this.localAddress = localAddress;
    this.openedAtMillis = nowMillis;
    this.lastActiveMillis = nowMillis;
  }

  /** As CLIENT RESET leaves it. */
  void reset() {
    version = RespVersion.RESP2;
    name = Bytes.EMPTY;
    replyMode = ReplyMode.ON;
    noEvict = false;
    noTouch = false;
    terms = ConnectionTerms.fresh();
  }

  /** A line of CLIENT LIST, in Redis's form. */
  String line(int queryBytes, long outputBytes, long nowMillis) {
    String flags = (terms.readOnly() ? "r" : "") + (noEvict ? "e" : "") + (noTouch ? "T" : "");
    return "id=" + id + " addr=" + address + " laddr=" + localAddress + " fd=-1 name=" + name.text() + " age="
        + (nowMillis - openedAtMillis) / 1000 + " idle=" + (nowMillis - lastActiveMillis) / 1000 + " flags="
        + (flags.isEmpty() ? "N" : flags) + " db=0 sub=0 psub=0 ssub=0 multi=-1 qbuf=" + queryBytes
        + " qbuf-free=0 argv-mem=0 multi-mem=0 obl="
        + outputBytes + " oll=0 omem=" + outputBytes + " tot-mem=" + (queryBytes + outputBytes) + " events=r cmd="
        + lastCommand
        + " user=default redir=-1 resp=" + version.number() + " lib-name=" + libraryName.text() + " lib-ver="
        + libraryVersion.text();
  }
}
