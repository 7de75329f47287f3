package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Appended;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.Quotas;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** The mailbox that mail was last appended to is remembered, and forgotten when names change. */
class LastDestinationTest {
  private static final MailboxName SENT = MailboxName.of("Sent");
  private static final MailboxName OLD = MailboxName.of("Old");
  private static final byte[] MESSAGE = Mail.message("sent", 1_000);

  @TempDir Path directory;
  private SqliteStore store;
  private Account alice;

  @BeforeEach
  void open() throws StoreException {
    store = SqliteStore.in(directory).open();
    alice = Mail.alice(store);
    alice.create(SENT, Set.of());
  }

  @AfterEach
  void close() throws StoreException {
    store.close();
  }

  private Appended append() throws StoreException {
    return Mail.append(alice, SENT, Flags.NONE, MESSAGE);
  }

  @Test
  void theSecondAppendBeginsAtOnce() throws StoreException {
    assertFalse(alice.beginsAppendAtOnce(SENT));
    append();
    assertTrue(alice.beginsAppendAtOnce(SENT));
    assertFalse(alice.beginsAppendAtOnce(MailboxName.INBOX));
    assertEquals(2, append().uids().first());
  }

  @Test
  void aMailboxMadeAnewIsAnother() throws StoreException {
    Appended before = append();
    alice.delete(SENT);
    assertFalse(alice.beginsAppendAtOnce(SENT));
    StoreException refused =
        assertThrows(StoreException.class, () -> alice.beginAppend(SENT, Optional.empty()));
    assertEquals(Code.NONEXISTENT, refused.code());
    alice.create(SENT, Set.of());
    Appended after = append();
    assertEquals(1, after.uids().first());
    assertNotEquals(before.mailbox().uidValidity(), after.mailbox().uidValidity());
  }

  @Test
  void aNewMailboxWithTheNameOfARenamedOneGetsTheMail() throws StoreException {
    append();
    append();
    alice.rename(SENT, OLD);
    alice.create(SENT, Set.of());
    assertEquals(1, append().uids().first());
  }

  @Test
  void anotherSessionSeesWhatThisOneChanged() throws StoreException {
    append();
    try (Account other = store.open(Identity.owner(Mail.ALICE))) {
      assertTrue(other.beginsAppendAtOnce(SENT));
      alice.subscribe(SENT);
      assertFalse(other.beginsAppendAtOnce(SENT));
      assertTrue(other.status(SENT, Set.of()).mailbox().subscribed());
    }
  }

  @Test
  void aQuotaHasToBeAsked() throws StoreException {
    append();
    store
        .facet(Quotas.class)
        .orElseThrow()
        .setLimits(
            new Identity(Mail.ALICE, Mail.ALICE, Role.ADMIN),
            QuotaRoot.ofAccount(Mail.ALICE),
            QuotaLimits.UNLIMITED.with(QuotaResource.MESSAGE, 1));
    assertFalse(alice.beginsAppendAtOnce(SENT));
    StoreException refused = assertThrows(StoreException.class, this::append);
    assertEquals(Code.OVER_QUOTA, refused.code());
  }

  @Test
  void whatIsRememberedGoesWithTheAccount() throws StoreException {
    append();
    store.facet(AccountDirectory.class).orElseThrow().delete(Mail.ALICE);
    assertFalse(alice.beginsAppendAtOnce(SENT));
    assertThrows(StoreException.class, () -> alice.beginAppend(SENT, Optional.empty()));
  }
}
