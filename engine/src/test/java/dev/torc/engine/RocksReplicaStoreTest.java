package dev.torc.engine;

import dev.torc.cluster.storage.ReplicaStore;
import dev.torc.cluster.storage.ReplicaStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class RocksReplicaStoreTest extends ReplicaStoreContract {
  @TempDir
  private Path directory;
  private Database database;
  private int boots;

  @Override
  protected ReplicaStore store() {
    database = Scratch.database(directory, Scratch.BOOT + boots);
    return Scratch.store(database, 1 + boots);
  }

  @Override
  protected ReplicaStore afterForgetting(ReplicaStore store) {
    database.close();
    boots++;
    return store();
  }

  @AfterEach
  void close() {
    database.close();
  }
}
