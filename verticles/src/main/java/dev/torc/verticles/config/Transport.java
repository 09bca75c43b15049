package dev.torc.verticles.config;

/** How sockets are driven. */
public enum Transport {
  /** epoll on Linux, nio elsewhere. */
  AUTO,
  EPOLL,
  IO_URING,
  NIO
}
