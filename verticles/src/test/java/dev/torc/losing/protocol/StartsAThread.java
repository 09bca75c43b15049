package dev.torc.losing.protocol;

import java.util.concurrent.Executor;

final class StartsAThread {
  void start(Executor executor) {
    executor.execute(() -> {});
    new Thread(() -> {}).start();
  }
}
