package org.posthorn.backup;

import java.nio.file.Path;
import org.posthorn.store.MailStore;
import org.posthorn.store.memory.MemoryStore;

class MemoryBackupTest extends BackupContract {
  @Override
  MailStore open(Path place) {
    return MemoryStore.builder().build();
  }

  @Override
  long closeAndMeasure(MailStore store, Path place) {
    return ((MemoryStore) store).bodyOctets();
  }
}
