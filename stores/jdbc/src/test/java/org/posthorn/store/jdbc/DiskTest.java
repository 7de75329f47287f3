package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Account;
import org.posthorn.store.Mailbox;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** A disk that fills up or may no longer be written to, and comes back. Needs to be root. */
class DiskTest {
  private static final int OCTETS = 8 << 20;

  @TempDir Path place;
  private Path disk;

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private static boolean ran(String... command) throws InterruptedException {
    try {
      return run(command);
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(place.resolve("disk"));
    assumeTrue(
        ran("mount", "-t", "tmpfs", "-o", "size=" + OCTETS, "tmpfs", disk.toString()),
        "no disk of a few megabytes can be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    ran("umount", "-l", disk.toString());
  }

  @Test
  void aFullDiskRefusesMailUntilThereIsSpace() throws Exception {
    Path other = Files.write(disk.resolve("other"), new byte[3 << 20]);
    try (SqliteStore store = SqliteStore.in(disk.resolve("mail")).open();
        Account alice = Mail.alice(store);
        Mailbox inbox = Mail.inbox(alice)) {
      byte[] message = Mail.message("large", 100_000);
      StoreException refusal =
          assertThrows(
              StoreException.class,
              () -> {
                for (int i = 0; i < 200; i++) {
                  Mail.append(alice, message);
                }
              });
      assertEquals(Code.NO_SPACE, refusal.code());
      long kept = inbox.snapshot().uids().size();
      assertTrue(kept > 0);
      assertArrayEquals(message, Mail.read(inbox, kept));
      Files.delete(other);
      Mail.append(alice, message);
      assertEquals(kept + 1, inbox.snapshot().uids().size());
      assertEquals(List.of(), store.check(Mail.ALICE));
    }
  }

  /** What reading would like to write down is left out (\Recent, the index of texts). */
  @Test
  void mailIsReadFromAFullDisk() throws Exception {
    try (SqliteStore store = SqliteStore.in(disk.resolve("mail")).open();
        Account alice = Mail.alice(store);
        Mailbox inbox = Mail.inbox(alice)) {
      Mail.append(alice, Mail.message("needle", 1_000));
      fill();
      UidSet one = UidSet.of(1);
      assertThrows(StoreException.class, () -> Mail.append(alice, Mail.message("more", 50_000)));
      assertEquals(1, inbox.claimRecent());
      SearchIndex index = store.facet(SearchIndex.class).orElseThrow();
      assertEquals(one, index.candidates(inbox, one, SearchIndex.Scope.TEXT, "needle"));
    }
  }

  /** To the last octet. */
  private void fill() throws IOException {
    try (OutputStream other = Files.newOutputStream(disk.resolve("other"))) {
      byte[] page = new byte[4096];
      for (int at = 0; at <= OCTETS; at += page.length) {
        try {
          other.write(page);
        } catch (IOException full) {
          return;
        }
      }
    }
    throw new AssertionError("the disk is larger than it was made");
  }

  @Test
  void aDiskThatMayOnlyBeReadRefusesChangesUntilItMayBeWritten() throws Exception {
    Path mail = disk.resolve("mail");
    try (SqliteStore store = SqliteStore.in(mail).open();
        Account alice = Mail.alice(store)) {
      Mail.fill(alice, Mail.INBOX, 2);
    }
    assertTrue(run("mount", "-o", "remount,ro", disk.toString()));
    StoreException refusal = assertThrows(StoreException.class, () -> SqliteStore.in(mail).open());
    assertEquals(Code.READ_ONLY, refusal.code());
    assertTrue(run("mount", "-o", "remount,rw", disk.toString()));
    try (SqliteStore store = SqliteStore.in(mail).open();
        Account alice = Mail.alice(store)) {
      Mail.fill(alice, Mail.INBOX, 1);
      assertEquals(List.of(), store.check(Mail.ALICE));
    }
  }
}
