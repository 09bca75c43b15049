package dev.torc.losing.protocol;

import java.util.random.RandomGenerator;

final class DrawsAmbientNumbers {
  double draw() {
    return Math.random() + RandomGenerator.getDefault().nextDouble();
  }
}
