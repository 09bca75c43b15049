package dev.torc.losing.protocol;

import dev.torc.losing.cluster.ring.KnowsAFeature;

final class KnowsTheClusterAbove {
  KnowsAFeature above;
}
