package dev.torc.verticles.client;

import dev.torc.protocol.command.Command;
import dev.torc.protocol.command.DataCommand;
import dev.torc.protocol.command.KvCommand;
import dev.torc.protocol.resp.RespValue;
import dev.torc.verticles.SystemClock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Operations by command and outcome, and how long they took. Shared by all event loops. */
public final class CommandMeters {
  private static final Duration[] BUCKETS = {Duration.ofNanos(250_000), Duration.ofMillis(1), Duration.ofMillis(2),
      Duration.ofMillis(5),
      Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(100),
      Duration.ofMillis(500), Duration.ofSeconds(2)};

  private record Meter(String name, Timer ok, Timer failed) {}

  private final LongAdder processed = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final ClassValue<Meter> byCommand;

  public CommandMeters(MeterRegistry registry) {
    byCommand = new ClassValue<>() {
      @Override
      protected Meter computeValue(Class<?> type) {
        var family = KvCommand.class.isAssignableFrom(type) ? "kv" : "";
        var name = family + type.getSimpleName().toLowerCase(Locale.ROOT);
        return new Meter(name, timer(registry, name, "ok"), timer(registry, name, "error"));
      }
    };
    FunctionCounter.builder("torc.gets", hits, LongAdder::sum).tag("result", "hit")
        .description("GETs that found a value").register(registry);
    FunctionCounter.builder("torc.gets", misses, LongAdder::sum).tag("result", "miss")
        .description("GETs that found none").register(registry);
  }

  private static Timer timer(MeterRegistry registry, String command, String outcome) {
    return Timer.builder("torc.commands").tag("command", command).tag("outcome", outcome)
        .serviceLevelObjectives(BUCKETS)
        .description("commands by outcome, from being read to being answered").register(registry);
  }

  long start() {
    return SystemClock.nanos();
  }

  String nameOf(Command command) {
    return byCommand.get(command.getClass()).name();
  }

  void record(Command command, RespValue reply, long startNanos) {
    var meter = byCommand.get(command.getClass());
    boolean failed = reply instanceof RespValue.Error;
    (failed ? meter.failed() : meter.ok()).record(SystemClock.nanos() - startNanos, TimeUnit.NANOSECONDS);
    processed.increment();
    if (failed) {
      errors.increment();
    } else if (command instanceof DataCommand.Get) {
      (reply instanceof RespValue.Nil ? misses : hits).increment();
    }
  }

  public long processed() {
    return processed.sum();
  }

  public long errors() {
    return errors.sum();
  }

  public long hits() {
    return hits.sum();
  }

  public long misses() {
    return misses.sum();
  }
}
