package dev.torc.losing.cluster.ring;

import dev.torc.losing.cluster.membership.KnowsAnotherFeature;

public final class KnowsAFeature {
  KnowsAnotherFeature feature;
}
