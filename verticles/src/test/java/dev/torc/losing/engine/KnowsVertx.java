package dev.torc.losing.engine;

import io.vertx.core.Vertx;

final class KnowsVertx {
  Vertx vertx;
}
