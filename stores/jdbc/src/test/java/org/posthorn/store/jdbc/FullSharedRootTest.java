package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Account;
import org.posthorn.store.Acl;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Quotas;
import org.posthorn.store.Rights;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/**
 * A MOVE between two members of one root that is full makes it no fuller; into it there is none.
 */
class FullSharedRootTest {
  private static final MailboxName OTHERS = MailboxName.of("Other Users", "m0", "INBOX");

  @TempDir Path directory;

  @Test
  void inFiles() throws Exception {
    try (SqliteStore store = SqliteStore.in(directory).quotas(TeamProcess.POLICY).open()) {
      check(store);
    }
  }

  @Test
  void inADatabase() throws Exception {
    try (PostgresStore store = TeamProcess.open(EmbeddedPostgres.emptied())) {
      check(store);
    }
  }

  private static void check(MailStore store) throws Exception {
    Mail.account(store, "m0").close();
    Acl acl = store.facet(Acl.class).orElseThrow();
    acl.set(Identity.owner("m0"), Mail.INBOX, "anyone", Acl.Mode.REPLACE, Rights.ALL);
    try (Account m1 = Mail.account(store, "m1");
        Account outside = Mail.account(store, "bob");
        Mailbox inbox = Mail.inbox(m1);
        Mailbox bobs = Mail.inbox(outside)) {
      Mail.fill(m1, Mail.INBOX, TeamProcess.LIMIT);
      assertFull(() -> Mail.fill(m1, Mail.INBOX, 1).uids());
      assertFull(() -> inbox.copy(UidSet.of(1), OTHERS).copies());
      assertEquals(UidSet.range(1, 2), inbox.move(UidSet.range(1, 2), OTHERS).source());
      Mail.fill(outside, Mail.INBOX, 1);
      assertFull(() -> bobs.move(UidSet.of(1), OTHERS).copies());
      assertFull(() -> Mail.fill(m1, Mail.INBOX, 1).uids());
    }
    Quotas quotas = store.facet(Quotas.class).orElseThrow();
    Identity admin = new Identity("m0", "postmaster", Role.ADMIN);
    assertEquals(TeamProcess.LIMIT, quotas.root(admin, TeamProcess.ROOT).used().messages());
    for (String member : List.of("m0", "m1")) {
      assertEquals(QuotaUse.NONE, quotas.recount(member));
    }
  }

  private interface Growth {
    UidSet come() throws StoreException;
  }

  private static void assertFull(Growth growth) {
    assertEquals(Code.OVER_QUOTA, assertThrows(StoreException.class, growth::come).code());
  }
}
