package org.posthorn.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Changes;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.PageLimit;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Backup and restore, over any store. */
abstract class BackupContract {
  static final String ANNA = "anna";
  private static final Flags SEEN = Flags.of(SystemFlag.SEEN);

  @TempDir Path temporary;
  private MailStore store;
  private MailStore other;
  private Backup backup;

  /** An empty store that knows its accounts; the same place gives the same store again. */
  abstract MailStore open(Path place) throws StoreException;

  /** What the messages of a store take; closes it. */
  abstract long closeAndMeasure(MailStore store, Path place) throws Exception;

  @BeforeEach
  void fill() throws StoreException, InvalidMailboxName {
    store = open(temporary.resolve("store"));
    other = open(temporary.resolve("other"));
    backup = Backup.in(temporary.resolve("backup"));
    store.facet(AccountDirectory.class).orElseThrow().create(ANNA);
    try (Account account = Mail.open(store, ANNA)) {
      MailboxName sent = MailboxName.of("Sent");
      account.create(sent, Set.of(SpecialUse.SENT));
      account.create(MailboxName.of("Lists", "Größe. 100% of: it"), Set.of());
      account.create(MailboxName.of("Gone", "Child"), Set.of());
      account.delete(MailboxName.of("Gone"));
      account.subscribe(sent);
      account.subscribe(MailboxName.of("Nowhere"));
      for (int i = 1; i <= 5; i++) {
        Mail.append(account, MailboxName.INBOX, i % 2 == 0 ? SEEN : Flags.NONE, message(i));
      }
      Mail.append(account, sent, SEEN.withKeyword("$Forwarded"), message(6));
      try (Mailbox inbox = account.open(MailboxName.INBOX, Access.WRITE)) {
        inbox.remove(UidSet.of(2));
        inbox.storeFlags(
            UidSet.of(3),
            new FlagChange(FlagChange.Mode.ADD, Flags.NONE.withKeyword("$Junk")),
            OptionalLong.empty());
      }
    }
  }

  @AfterEach
  void close() throws StoreException {
    store.close();
    other.close();
  }

  private static String message(int i) {
    return "From: a@example.org\r\nSubject: "
        + i
        + "\r\n\r\nFrom here\r\n>From there\r\nbare\nlf "
        + i;
  }

  @Test
  void everythingComesBackAsItWas() throws Exception {
    List<String> before = Mail.of(store, ANNA);
    assertEquals(
        new Backup.AllResult(new Backup.Result(7, 5, 5, 5L * message(1).length()), Map.of()),
        backup.all(store, Progress.NONE));
    Transfer.Result restored = backup.restore(other, ANNA, Progress.NONE);
    assertEquals(5, restored.messages());
    assertEquals(before, Mail.of(other, ANNA));
  }

  @Test
  void copiesShareTheirOctetsAgain() throws Exception {
    StringBuilder text = new StringBuilder("Subject: large\r\n\r\n");
    new Random(7).ints(1_000_000, '!', '~').forEach(c -> text.append((char) c));
    try (Account account = Mail.open(store, ANNA);
        Mailbox inbox = account.open(MailboxName.INBOX, Access.WRITE)) {
      Mail.append(account, MailboxName.INBOX, Flags.NONE, text.toString());
      long uid = inbox.snapshot().uids().last();
      inbox.copy(UidSet.of(uid), MailboxName.INBOX);
      inbox.copy(UidSet.of(uid), MailboxName.of("Sent"));
      inbox.remove(UidSet.of(uid));
      inbox.copy(UidSet.of(uid + 1), MailboxName.of("Lists"));
    }
    List<String> before = Mail.of(store, ANNA);
    backup.account(store, ANNA, Progress.NONE);
    backup.restore(other, ANNA, Progress.NONE);
    assertEquals(before, Mail.of(other, ANNA));
    long octets = closeAndMeasure(other, temporary.resolve("other"));
    assertTrue(octets >= text.length() && octets < 1.9 * text.length(), octets + " octets");
  }

  @Test
  void aDeviceThatKnewTheStateHasNothingToAskAfterwards() throws Exception {
    backup.account(store, ANNA, Progress.NONE);
    backup.restore(other, ANNA, Progress.NONE);
    try (Account account = Mail.open(other, ANNA);
        Mailbox inbox = account.open(MailboxName.INBOX, Access.READ)) {
      long highest = inbox.snapshot().highestModSeq();
      Changes now = inbox.changesSince(Cursor.after(highest), PageLimit.DEFAULT);
      assertEquals(List.of(), now.changed());
      assertTrue(!now.historyLost());
      assertTrue(inbox.changesSince(Cursor.after(1), PageLimit.DEFAULT).historyLost());
      Changes all = inbox.changesSince(Cursor.after(0), PageLimit.DEFAULT);
      assertEquals(4, all.changed().size());
      assertEquals(3, all.changed().get(3).uid(), "the last change was that of message 3");
    }
  }

  @Test
  void aSecondRunWritesOnlyWhatChanged() throws Exception {
    backup.account(store, ANNA, Progress.NONE);
    try (Account account = Mail.open(store, ANNA);
        Mailbox inbox = account.open(MailboxName.INBOX, Access.WRITE)) {
      inbox.storeFlags(
          UidSet.of(1), new FlagChange(FlagChange.Mode.ADD, SEEN), OptionalLong.empty());
      inbox.remove(UidSet.of(4));
      Mail.append(account, MailboxName.INBOX, Flags.NONE, message(7));
      account.rename(MailboxName.of("Sent"), MailboxName.of("Posted"));
    }
    Backup.Result second = backup.account(store, ANNA, Progress.NONE);
    assertEquals(1, second.written());
    assertEquals(5, second.messages());
    assertEquals(List.of(), backup.verify(ANNA, Progress.NONE));
    assertEquals(5, files().size(), "files of what is gone are gone");
    backup.restore(other, ANNA, Progress.NONE);
    assertEquals(Mail.of(store, ANNA), Mail.of(other, ANNA));
  }

  @Test
  void aRestoreReplacesMailboxesAndLeavesOthers() throws Exception {
    backup.account(store, ANNA, Progress.NONE);
    List<String> before = Mail.of(store, ANNA);
    try (Account account = Mail.open(store, ANNA)) {
      Mail.append(account, MailboxName.INBOX, Flags.NONE, message(8));
      account.delete(MailboxName.of("Sent"));
    }
    backup.restore(store, ANNA, Progress.NONE);
    // INBOX went further, so that MODSEQs and UIDNEXT do not go back.
    assertEquals(withoutCounters(before), withoutCounters(Mail.of(store, ANNA)));
    try (Account account = Mail.open(store, ANNA)) {
      account.create(MailboxName.of("Later"), Set.of());
      List<String> later = Mail.of(store, ANNA);
      backup.account(store, ANNA, Progress.NONE);
      backup.restore(store, ANNA, Progress.NONE);
      assertEquals(later, Mail.of(store, ANNA), "nothing happened in between");
    }
  }

  private static List<String> withoutCounters(List<String> lines) {
    return lines.stream()
        .map(line -> line.replaceAll("modSeq=[0-9]+|^(F[^ ]+ [0-9]+) [0-9]+ [0-9]+$", "$1"))
        .toList();
  }

  @Test
  void verifyFindsWhatIsDamaged() throws Exception {
    backup.account(store, ANNA, Progress.NONE);
    assertEquals(List.of(), backup.verify(ANNA, Progress.NONE));
    List<Path> files = files();
    byte[] octets = Files.readAllBytes(files.get(0));
    octets[5] ^= 1;
    Files.write(files.get(0), octets);
    Files.writeString(files.get(1), "shorter", StandardCharsets.US_ASCII);
    Files.delete(files.get(2));
    List<String> problems = backup.verify(ANNA, Progress.NONE);
    assertEquals(3, problems.size(), problems::toString);
    assertThrows(IOException.class, () -> backup.restore(other, ANNA, Progress.NONE));
  }

  @Test
  void aBackupWithOneBitFlippedIsNotRestoredOverWhatIsThere() throws Exception {
    backup.account(store, ANNA, Progress.NONE);
    List<String> before = Mail.of(store, ANNA);
    List<Path> files = files();
    Path last = files.get(files.size() - 1);
    byte[] octets = Files.readAllBytes(last);
    octets[octets.length - 1] ^= 1;
    Files.write(last, octets);
    assertEquals(1, backup.verify(ANNA, Progress.NONE).size());
    assertThrows(IOException.class, () -> backup.restore(store, ANNA, Progress.NONE));
    assertEquals(before, Mail.of(store, ANNA));
    try (MailSource source = backup.source(ANNA);
        MailTarget target = StoreTarget.restoring(other, ANNA)) {
      assertThrows(
          IOException.class, () -> Transfer.run(ANNA, source, target, Progress.NONE), "exported");
    }
  }

  @Test
  void aCatalogThatWasChangedIsRefused() throws Exception {
    backup.account(store, ANNA, Progress.NONE);
    Path catalog = temporary.resolve("backup/accounts/anna/catalog.jsonl");
    String good = Files.readString(catalog);
    String digits = "\"sha256\":\"[0-9a-f]+\"}\n$";
    for (String[] change :
        new String[][] {
          {"\\\\Seen", "\\\\Flagged"},
          {"2026-03-04T05", "2026-03-04X05"},
          {"\"uid\":3", "\"uid\":x"},
          {"SELECTABLE", "SELECTED"},
          {"\"acl\":\\{", "\"acl\":["},
        }) {
      String bad = good.replaceFirst(change[0], change[1]);
      assertTrue(!bad.equals(good), change[0]);
      Files.writeString(catalog, bad);
      assertEquals(1, backup.verify(ANNA, Progress.NONE).size(), change[0]);
      assertThrows(IOException.class, () -> backup.restore(other, ANNA, Progress.NONE));
    }
    // Those that were written before there was a checksum.
    Files.writeString(catalog, good.replaceFirst("," + digits, "}\n"));
    assertEquals(List.of(), backup.verify(ANNA, Progress.NONE));
    Files.writeString(catalog, good.replaceFirst("Seen", "seen"));
    Backup.Result again = backup.account(store, ANNA, Progress.NONE);
    assertEquals(5, again.written(), "a damaged catalog is made anew");
    assertEquals(List.of(), backup.verify(ANNA, Progress.NONE));
  }

  @Test
  void aCatalogWithoutItsEndIsRefused() throws Exception {
    backup.account(store, ANNA, Progress.NONE);
    Path catalog = temporary.resolve("backup/accounts/anna/catalog.jsonl");
    List<String> lines = Files.readAllLines(catalog);
    Files.write(catalog, lines.subList(0, lines.size() - 1));
    assertEquals(1, backup.verify(ANNA, Progress.NONE).size());
    assertThrows(IOException.class, () -> backup.restore(other, ANNA, Progress.NONE));
  }

  @Test
  void oneStoreIsCopiedToAnother() throws Exception {
    try (MailSource from = StoreSource.of(store, ANNA);
        StoreTarget to = StoreTarget.restoring(other, ANNA)) {
      assertTrue(to.exact());
      Transfer.run(ANNA, from, to, Progress.NONE);
    }
    assertEquals(Mail.of(store, ANNA), Mail.of(other, ANNA));
  }

  private List<Path> files() throws IOException {
    return MessageFiles.all(temporary.resolve("backup/accounts/anna")).stream().sorted().toList();
  }
}
