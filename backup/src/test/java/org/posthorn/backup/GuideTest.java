package org.posthorn.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Account;
import org.posthorn.store.Flags;
import org.posthorn.store.MailboxName;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.Guide;

/** The code of the guide. */
class GuideTest {
  @TempDir Path directory;
  private final MemoryStore store = MemoryStore.withAccounts("anna");
  private final MemoryStore otherStore = MemoryStore.builder().build();

  @Test
  void backupAndRestore() throws Exception {
    try (Account account = Mail.open(store, "anna")) {
      Mail.append(account, MailboxName.INBOX, Flags.NONE, "Subject: kept\r\n\r\n");
    }
    Backup backup = Backup.in(directory);
    backup.all(store, Progress.NONE); // the first run writes all, later ones what changed
    List<String> problems = backup.verify("anna", Progress.NONE);
    backup.restore(otherStore, "anna", Progress.NONE);
    assertEquals(List.of(), problems);
    assertEquals(Mail.of(store, "anna"), Mail.of(otherStore, "anna"));
  }

  @Test
  void importing() throws Exception {
    Path file =
        Files.writeString(directory.resolve("mbox"), "From a Thu Jan  1 00:00:01 1970\nA: b\n\n");
    try (MailSource from = new MboxSource(file);
        MailTarget to = StoreTarget.adding(store, "anna")) {
      Transfer.run("anna", from, to, Progress.NONE);
    }
    assertEquals(
        List.of(Flags.NONE + " A: b\r\n"), Mail.messages(store, "anna", MailboxName.INBOX));
  }

  @Test
  void theGuideShowsThisCode() throws IOException {
    Guide.check(Path.of("README.md"), Path.of("src/test/java/org/posthorn/backup/GuideTest.java"));
  }
}
