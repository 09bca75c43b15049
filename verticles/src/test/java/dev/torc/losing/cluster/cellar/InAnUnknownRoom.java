package dev.torc.losing.cluster.cellar;

import dev.torc.losing.cluster.coordination.KnowsItsUser;

public final class InAnUnknownRoom {
  KnowsItsUser user;
}
