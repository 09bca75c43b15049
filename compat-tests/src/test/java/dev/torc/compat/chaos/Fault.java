package dev.torc.compat.chaos;

/** One thing that goes wrong, and is put right again. */
interface Fault {
  /** As the report names it, with whom it hits. */
  String story();

  void begin();

  /** Called every 200 ms while it is at work. */
  default void goOn() {}

  void end();

  static Fault of(String story, Runnable begin, Runnable end) {
    return of(story, begin, () -> {}, end);
  }

  static Fault of(String story, Runnable begin, Runnable goOn, Runnable end) {
    return new Fault() {
      @Override
      public String story() {
        return story;
      }

      @Override
      public void begin() {
        begin.run();
      }

      @Override
      public void goOn() {
        goOn.run();
      }

      @Override
      public void end() {
        end.run();
      }
    };
  }
}
