package dev.torc.engine;

import dev.torc.cluster.policy.ReplicaCounts;
import dev.torc.cluster.storage.RecordHash;
import dev.torc.cluster.storage.ScanPoint;
import dev.torc.cluster.storage.TreeAnswer;
import dev.torc.cluster.storage.TreeNodes;
import dev.torc.cluster.storage.TreeStep.Digests;
import dev.torc.cluster.wire.RecordCodec;
import java.util.ArrayList;
import org.rocksdb.RocksDBException;

/** One page of a leaf's keys and the hashes of their records, as they are committed. */
final class LeafScan {
  private LeafScan() {}

  static TreeAnswer.Digested page(Digests digests, ReplicaCounts counts, Tables tables) throws RocksDBException {
    var end = TreeNodes.to(digests.leaf());
    var keys = new ArrayList<TreeAnswer.Digest>();
    int looks = 0;
    long bytes = 0;
    ScanPoint last = null;
    try (var records = tables.iterate(Table.RECORDS)) {
      for (records.seek(DiskKey.of(digests.from())); records.isValid(); records.next()) {
        var key = DiskKey.parse(records.key(), 0);
        var here = new ScanPoint(key.slot(), key.position());
        if (here.compareTo(end) >= 0) {
          break;
        }
        if (!here.equals(last) && (looks >= Digests.MAX_KEYS || bytes >= Digests.MAX_BYTES)) {
          return new TreeAnswer.Digested(keys, here);
        }
        last = here;
        looks++;
        bytes += key.bytes().size();
        if (counts.of(key.bytes()) == digests.scope().replicas()) {
          keys.add(new TreeAnswer.Digest(key.bytes(), RecordHash.of(key, RecordCodec.decode(records.value()))));
        }
      }
      records.status();
      return new TreeAnswer.Digested(keys, ScanPoint.END);
    }
  }
}
