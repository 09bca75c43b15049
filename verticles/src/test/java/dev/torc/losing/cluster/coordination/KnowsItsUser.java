package dev.torc.losing.cluster.coordination;

import dev.torc.losing.cluster.cellar.InAnUnknownRoom;

public final class KnowsItsUser {
  InAnUnknownRoom room;
}
