package dev.torc.engine;

import dev.torc.cluster.time.Moment;
import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a database in which there is damage is set aside by itself, so that this replica is made whole again from what can be read of it and from the others. Not if there is no room for
 * a second copy, and not twice within an hour: what damages one database after the other, a disk or a memory, would go on for ever.
 */
final class Healing {
  private static final Logger LOG = LoggerFactory.getLogger(Healing.class);
  private static final long AGAIN_MILLIS = 3_600_000;

  private final Damage damage = new Damage();
  private final EngineConfig config;
  private final DiskSpace space;
  private final Supplier<Moment> time;
  private boolean isDone;
  private long doneMillis;
  private String said;

  Healing(EngineConfig config, DiskSpace space, Supplier<Moment> time) {
    this.config = config;
    this.space = space;
    this.time = time;
  }

  Damage damage() {
    return damage;
  }

  Moment now() {
    return time.get();
  }

  /** Called once a second. @param salvages while what was set aside before is still being read */
  boolean isDue(boolean salvages) {
    if (!damage.isFound()) {
      return false;
    }
    boolean isTooSoon = salvages || isDone && time.get().steadyMillis() - doneMillis < AGAIN_MILLIS;
    if (isTooSoon) {
      say("it is not healed by itself a second time within an hour: the disk or the memory is bad. Replace it, or the"
          + " node, or start the node with --recover to set the database aside once more");
    }
    return !isTooSoon && hasRoom();
  }

  /** Where the damaged database goes. */
  SetAside place(long sequence) {
    return SetAside.at(time.get().wallMillis(), sequence, config.directory());
  }

  void onDone(SetAside aside) {
    isDone = true;
    said = null;
    doneMillis = time.get().steadyMillis();
    LOG.warn("the damaged database was set aside as {}: what can be read of it is taken over, for the rest the other"
        + " replicas are asked; until then what this node says does not count in read quorums",
        aside.in(config.directory()));
  }

  private boolean hasRoom() {
    try {
      long needed = space.usedBytes(Database.TABLES);
      long there = space.usableBytes() - config.lowSpaceBytes();
      if (needed > there) {
        say("it cannot be built anew, for want of room: that takes " + (needed >> 20) + " MB and there are "
            + (Math.max(0, there) >> 20) + " MB. It begins by itself when there is room");
      }
      return needed <= there;
    } catch (IOException unknown) {
      return false;
    }
  }

  private void say(String why) {
    if (!why.equals(said)) {
      said = why;
      LOG.error("{}; {}", damage.line(), why);
    }
  }
}
