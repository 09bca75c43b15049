package dev.torc.verticles.config;

/**
 * The rhythm of gossip.
 *
 * @param intervalMillis between two rounds
 * @param fanout how many nodes hear from this one each round
 * @param suspectAt the phi from which on a silent node is asked whether it is there
 * @param downAfterMillis how long two monitors' suspicions stand before a node counts as down
 */
public record GossipSettings(long intervalMillis, int fanout, int suspectAt, long downAfterMillis) {

  public GossipSettings {
    Allowed.millis("torc.gossip.interval", intervalMillis, 50, 60_000);
    Allowed.count("torc.gossip.fanout", fanout, 1, 16);
    Allowed.count("torc.gossip.suspect-at", suspectAt, 1, 100);
    Allowed.millis("torc.gossip.down-after", downAfterMillis, 2 * intervalMillis, 3_600_000);
  }

  static GossipSettings from(Settings settings) {
    return new GossipSettings(settings.millis("torc.gossip.interval"), settings.count("torc.gossip.fanout"),
        settings.count("torc.gossip.suspect-at"), settings.millis("torc.gossip.down-after"));
  }
}
