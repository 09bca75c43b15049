package dev.torc.losing.protocol;

import java.util.Random;

final class DrawsFromAGeneratorOfItsOwn {
  int draw() {
    return new Random().nextInt();
  }
}
