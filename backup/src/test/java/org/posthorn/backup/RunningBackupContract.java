package org.posthorn.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Backups of a store that changes while they are made, over any store. */
abstract class RunningBackupContract {
  private static final String ANNA = "anna";
  private static final MailboxName A = MailboxName.of("A");
  private static final MailboxName B = MailboxName.of("B");
  private static final MailboxName C = MailboxName.of("C");

  @TempDir Path temporary;
  private MailStore store;
  private MailStore other;
  private Backup backup;

  /** An empty store that knows its accounts. */
  abstract MailStore open(Path place) throws StoreException;

  private interface Change {
    void make(Account account) throws Exception;
  }

  @BeforeEach
  void fill() throws StoreException {
    store = open(temporary.resolve("store"));
    other = open(temporary.resolve("other"));
    backup = Backup.in(temporary.resolve("backup"));
    store.facet(AccountDirectory.class).orElseThrow().create(ANNA);
    try (Account account = Mail.open(store, ANNA)) {
      for (MailboxName name : List.of(A, B, C)) {
        account.create(name, Set.of());
        for (int i = 1; i <= 3; i++) {
          Mail.append(account, name, Flags.NONE, "Subject: " + name + i + "\r\n\r\n");
        }
      }
    }
  }

  @AfterEach
  void close() throws StoreException {
    store.close();
    other.close();
  }

  /** Makes a change when so many messages of a mailbox are in the backup. */
  private Progress when(MailboxName name, long count, Change change) {
    return (account, mailbox, done, total) -> {
      if (mailbox.equals(name) && done == count) {
        try (Account open = Mail.open(store, ANNA)) {
          change.make(open);
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  private static void flag(Account account, MailboxName name, UidSet uids) throws StoreException {
    try (Mailbox mailbox = account.open(name, Access.WRITE)) {
      mailbox.storeFlags(uids, FlagChange.add(Flags.of(SystemFlag.FLAGGED)), OptionalLong.empty());
    }
  }

  private void run(Progress progress) throws Exception {
    backup.account(store, ANNA, progress);
    assertEquals(List.of(), backup.verify(ANNA, Progress.NONE));
  }

  private List<String> restored() throws Exception {
    backup.restore(other, ANNA, Progress.NONE);
    return Mail.of(other, ANNA);
  }

  private List<String> names() throws Exception {
    return restored().stream().filter(line -> line.contains("SELECTABLE")).toList();
  }

  @Test
  void flagsThatChangeWhileAMailboxIsReadComeWithTheNextRun() throws Exception {
    run(when(A, 2, account -> flag(account, A, UidSet.of(1, 3))));
    run(Progress.NONE);
    assertEquals(Mail.of(store, ANNA), restored());
  }

  @Test
  void flagsThatChangeWhileTheSecondRunReadsComeWithTheThird() throws Exception {
    run(Progress.NONE);
    try (Account account = Mail.open(store, ANNA)) {
      Mail.append(account, A, Flags.NONE, "Subject: more\r\n\r\n");
      Mail.append(account, A, Flags.NONE, "Subject: and more\r\n\r\n");
    }
    run(when(A, 4, account -> flag(account, A, UidSet.of(2, 5))));
    run(Progress.NONE);
    assertEquals(Mail.of(store, ANNA), restored());
  }

  @Test
  void messagesThatGoAndComeMeanwhile() throws Exception {
    run(
        when(
            A,
            1,
            account -> {
              Mail.append(account, B, Flags.NONE, "Subject: later\r\n\r\n");
              try (Mailbox mailbox = account.open(A, Access.WRITE)) {
                mailbox.remove(UidSet.of(2));
              }
              try (Mailbox mailbox = account.open(B, Access.WRITE)) {
                mailbox.remove(UidSet.of(1));
              }
            }));
    assertEquals(4 - 1 - 1, Mail.messages(store, ANNA, A).size());
    run(Progress.NONE);
    assertEquals(Mail.of(store, ANNA), restored());
  }

  @Test
  void aMailboxThatIsDeletedMeanwhileIsPassedOver() throws Exception {
    run(when(A, 1, account -> account.delete(B)));
    assertFalse(names().toString().contains("B SELECTABLE"));
    run(Progress.NONE);
    assertEquals(Mail.of(store, ANNA), restored());
  }

  @Test
  void theMailboxThatIsReadMayBeDeleted() throws Exception {
    run(when(A, 1, account -> account.delete(A)));
    run(Progress.NONE);
    assertFalse(names().toString().contains("A SELECTABLE"));
    assertEquals(Mail.of(store, ANNA), restored());
  }

  @Test
  void aMailboxThatIsRenamedMeanwhileIsThereUnderItsNameBefore() throws Exception {
    run(when(A, 1, account -> account.rename(B, MailboxName.of("Elsewhere", "B"))));
    restored();
    assertEquals(3, Mail.messages(other, ANNA, B).size());
    run(Progress.NONE);
    assertEquals(Mail.of(store, ANNA), freshlyRestored());
  }

  private List<String> freshlyRestored() throws Exception {
    try (MailStore fresh = open(temporary.resolve("fresh"))) {
      backup.restore(fresh, ANNA, Progress.NONE);
      return Mail.of(fresh, ANNA);
    }
  }

  @Test
  void aNameThatIsGivenAnewIsNotTakenForTheOldMailbox() throws Exception {
    List<String> before = Mail.of(store, ANNA);
    run(
        when(
            A,
            1,
            account -> {
              account.delete(B);
              account.create(B, Set.of());
              Mail.append(account, B, Flags.NONE, "Subject: of the new one\r\n\r\n");
            }));
    String now = restored().toString();
    assertFalse(now.contains("of the new one"), now);
    List<String> never = Mail.of(other, ANNA);
    never.removeAll(before);
    assertEquals(1, never.size(), never::toString);
    assertTrue(never.get(0).startsWith("QuotaRoot"), never::toString);
    run(Progress.NONE);
    assertEquals(Mail.of(store, ANNA), freshlyRestored());
  }

  @Test
  void twoMailboxesThatChangeTheirNamesMeanwhile() throws Exception {
    List<String> before = Mail.of(store, ANNA);
    run(
        when(
            A,
            1,
            account -> {
              account.rename(B, MailboxName.of("between"));
              account.rename(C, B);
              account.rename(MailboxName.of("between"), C);
            }));
    assertEquals(before, restored());
  }

  @Test
  void anAccountThatIsDeletedMeanwhileKeepsNoOtherWaiting() throws Exception {
    AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
    accounts.create("bert");
    accounts.create("carl");
    Backup.AllResult all = backup.all(store, when(A, 1, account -> accounts.delete("bert")));
    assertEquals(Set.of(), all.failed().keySet());
    assertEquals(List.of(ANNA, "carl"), backup.accounts());
  }

  @Test
  void anAccountThatFailsKeepsNoOtherWaiting() throws Exception {
    store.facet(AccountDirectory.class).orElseThrow().create("carl");
    Backup.AllResult all =
        backup.all(
            store,
            when(
                A,
                1,
                account -> {
                  throw new StoreException(StoreException.Code.FAULT, "made up");
                }));
    assertEquals(Set.of(ANNA), all.failed().keySet());
    assertEquals(List.of("carl"), backup.accounts());
    assertEquals(List.of(ANNA), backup.incomplete());
    assertEquals(1, backup.verify(ANNA, Progress.NONE).size());
  }
}
