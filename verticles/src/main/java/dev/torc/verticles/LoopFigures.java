package dev.torc.verticles;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;

/** What the event loops say of themselves, each once a second. */
final class LoopFigures {

  /**
   * @param openOperations requests that its coordinator has not answered
   * @param readyLinks peers to which its connection stands
   * @param peerQueueBytes what waits to leave to peers
   */
  record Figures(int openOperations, int readyLinks, long peerQueueBytes) {
    static final Figures NONE = new Figures(0, 0, 0);
  }

  /** One loop's place; written on the loop. */
  static final class Place {
    private volatile Figures latest = Figures.NONE;

    void set(Figures figures) {
      latest = figures;
    }
  }

  private final List<Place> places = new CopyOnWriteArrayList<>();

  Place register() {
    var place = new Place();
    places.add(place);
    return place;
  }

  long sum(ToLongFunction<Figures> figure) {
    return places.stream().mapToLong(place -> figure.applyAsLong(place.latest)).sum();
  }
}
