package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** Looking at a directory that another process serves. */
class ReadOnlyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LOOKS = 40;

  @TempDir Path directory;

  private static Code codeOf(Executable call) {
    return assertThrows(StoreException.class, call).code();
  }

  private SqliteStore look() throws StoreException {
    return SqliteStore.in(directory).readOnly().open();
  }

  @Test
  void nothingCanBeChanged() throws Exception {
    try (SqliteStore store = SqliteStore.in(directory).open();
        Account alice = Mail.alice(store)) {
      Mail.fill(alice, Mail.INBOX, 3);
      try (SqliteStore looking = look();
          Account same = looking.open(Identity.owner(Mail.ALICE));
          Mailbox inbox = same.open(Mail.INBOX, Access.READ)) {
        assertEquals(3, inbox.snapshot().uids().size());
        Mail.fill(alice, Mail.INBOX, 1);
        assertEquals(4, inbox.snapshot().uids().size());
        assertArrayEquals(Mail.message("number 0", 100), Mail.read(inbox, 4));
        AccountDirectory accounts = looking.facet(AccountDirectory.class).orElseThrow();
        assertEquals(Code.READ_ONLY, codeOf(() -> Mail.fill(same, Mail.INBOX, 1)));
        assertEquals(Code.READ_ONLY, codeOf(() -> same.create(MailboxName.of("x"), Set.of())));
        assertEquals(Code.READ_ONLY, codeOf(() -> accounts.create("bob")));
        assertEquals(Code.READ_ONLY, codeOf(() -> accounts.delete(Mail.ALICE)));
      }
      Mail.fill(alice, Mail.INBOX, 1);
    }
  }

  @Test
  void whatIsNotThereIsNotMade() throws Exception {
    assertEquals(Code.NONEXISTENT, codeOf(this::look));
    try (var files = Files.list(directory)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void eachLookAtAProcessAtWorkIsOfOneMoment() throws Exception {
    Process serving =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ServingProcess.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(serving.getInputStream(), US_ASCII))) {
      assertEquals("serving", assertTimeoutPreemptively(PATIENCE, out::readLine));
      int seen = 0;
      try (SqliteStore looking = look();
          Account alice = looking.open(Identity.owner(Mail.ALICE));
          Mailbox inbox = alice.open(Mail.INBOX, Access.READ)) {
        for (int i = 0; i < LOOKS; i++) {
          seen += readAll(inbox);
        }
      }
      assertTrue(seen > LOOKS, "messages read: " + seen);
      assertTrue(serving.isAlive(), "the server died of being looked at");
    } finally {
      serving.destroyForcibly().waitFor();
    }
  }

  private static int readAll(Mailbox inbox) throws StoreException {
    Snapshot snapshot = inbox.snapshot();
    long size = snapshot.uids().size();
    assertTrue(size == 15 || size == 16 || size == 20 || size == 21, "messages " + size);
    int read = 0;
    for (var range : snapshot.uids()) {
      for (long uid = range.first(); uid <= range.last(); uid++) {
        try {
          assertArrayEquals(ServingProcess.message((int) uid), Mail.read(inbox, uid));
          read++;
        } catch (StoreException gone) {
          assertEquals(Code.EXPUNGED, gone.code());
        }
      }
    }
    return read;
  }
}
