package dev.torc.cluster.time;

/**
 * Now, as the shell tells it to the core; nothing in the core reads a clock.
 *
 * @param steadyMillis a clock that only goes forward, for time-outs and durations; its zero means nothing
 * @param wallMillis the time of day as this machine believes it, milliseconds since 1970; may jump either way
 */
public record Moment(long steadyMillis, long wallMillis) {

  public Moment plus(long millis) {
    return new Moment(steadyMillis + millis, wallMillis + millis);
  }
}
