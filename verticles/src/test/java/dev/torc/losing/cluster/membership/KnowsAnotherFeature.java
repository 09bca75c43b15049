package dev.torc.losing.cluster.membership;

import dev.torc.losing.cluster.coordination.KnowsItsUser;

public final class KnowsAnotherFeature {
  KnowsItsUser other;
}
