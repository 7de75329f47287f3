package org.posthorn.backup;

import java.nio.file.Path;
import org.posthorn.store.MailStore;
import org.posthorn.store.memory.MemoryStore;

class MemoryRunningBackupTest extends RunningBackupContract {
  @Override
  MailStore open(Path place) {
    return MemoryStore.builder().build();
  }
}
