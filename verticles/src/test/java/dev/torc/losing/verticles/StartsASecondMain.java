package dev.torc.losing.verticles;

final class StartsASecondMain {
  private StartsASecondMain() {}

  public static void main(String[] args) {
    throw new AssertionError();
  }
}
