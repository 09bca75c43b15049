package dev.torc.losing.protocol;

import java.util.function.LongSupplier;

final class ReadsTheClock {
  LongSupplier clock() {
    return System::currentTimeMillis;
  }
}
