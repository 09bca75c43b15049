package dev.torc.verticles;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The time as a part of a file's name. */
public final class FileTime {
  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private FileTime() {}

  /** Such as 20260131-235959, UTC. */
  public static String now() {
    return FORM.format(Instant.ofEpochMilli(SystemClock.now().wallMillis()));
  }
}
