package dev.torc.losing.protocol;

import java.net.Socket;

final class OpensASocket {
  Socket open() {
    return new Socket();
  }
}
