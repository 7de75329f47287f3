package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.sqlite.Connector;
import org.posthorn.sqlite.Db;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Acl;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.Quotas;
import org.posthorn.store.Rights;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** An account whose deletion a crash cut in two leaves nothing to the next one of its name. */
class HalfDeletedTest {
  private static final String CRASH = "UPDATE account SET state = 2 WHERE name = 'bob'";
  private static final MailboxName ALICES = MailboxName.of("Other Users", "alice", "INBOX");
  private static final Identity ADMIN = new Identity("bob", "root", Role.ADMIN);
  private static final String ROOT = QuotaRoot.ofAccount("bob");

  @TempDir Path directory;

  private static void prepare(MailStore store) throws Exception {
    Mail.alice(store).close();
    store.facet(AccountDirectory.class).orElseThrow().create("bob");
    Acl acl = store.facet(Acl.class).orElseThrow();
    acl.set(Identity.owner("alice"), Mail.INBOX, "bob", Acl.Mode.REPLACE, Rights.ALL);
    Quotas quotas = store.facet(Quotas.class).orElseThrow();
    quotas.setLimits(ADMIN, ROOT, QuotaLimits.UNLIMITED.with(QuotaResource.MESSAGE, 1));
    try (Account bob = store.open(Identity.owner("bob"))) {
      bob.open(ALICES, Access.READ).close();
    }
  }

  private static void check(MailStore store) throws Exception {
    AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
    assertFalse(accounts.exists("bob"));
    assertTrue(accounts.create("bob"));
    try (Account bob = store.open(Identity.owner("bob"))) {
      StoreException refusal =
          assertThrows(StoreException.class, () -> bob.open(ALICES, Access.READ));
      assertEquals(Code.NONEXISTENT, refusal.code());
    }
    Quotas quotas = store.facet(Quotas.class).orElseThrow();
    assertEquals(QuotaLimits.UNLIMITED, quotas.root(ADMIN, ROOT).limits());
  }

  @Test
  void inFiles() throws Exception {
    try (SqliteStore store = SqliteStore.in(directory).open()) {
      prepare(store);
    }
    try (Db db = Connector.writer(directory.resolve(SqliteEngine.DIRECTORY))) {
      db.update(CRASH);
    }
    try (SqliteStore store = SqliteStore.in(directory).open()) {
      check(store);
    }
  }

  @Test
  void inADatabase() throws Exception {
    String database = EmbeddedPostgres.emptied();
    try (PostgresStore store = PostgresStore.at(database).open()) {
      prepare(store);
    }
    EmbeddedPostgres.execute(PgAddress.parse(database).database(), CRASH);
    try (PostgresStore store = PostgresStore.at(database).open()) {
      check(store);
    }
  }
}
