package dev.torc.verticles.config;

/** The number of event loops, and how their sockets are driven. */
public record LoopSettings(int eventLoops, Transport transport) {

  public LoopSettings {
    Allowed.count("torc.event-loops", eventLoops, 1, 256);
  }

  static LoopSettings from(Settings settings, Machine machine) {
    return new LoopSettings(settings.autoOrCount("torc.event-loops", machine.eventLoops()),
        settings.choice("torc.transport", Transport.class));
  }
}
