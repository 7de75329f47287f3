package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Account;
import org.posthorn.store.Acl;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Quotas;
import org.posthorn.store.Rights;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;

/** What several processes use of a shared quota root is one sum that is exact at every moment. */
class SharedRootTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String database = EmbeddedPostgres.emptied();

  private static Quotas quotas(MailStore store) {
    return store.facet(Quotas.class).orElseThrow();
  }

  private static QuotaUse used(MailStore store) throws StoreException {
    return quotas(store)
        .root(new Identity("m0", "postmaster", Role.ADMIN), TeamProcess.ROOT)
        .used();
  }

  private static QuotaUse counted(MailStore store) throws StoreException {
    return counted(store, TeamProcess.MEMBERS.toArray(String[]::new));
  }

  private static QuotaUse counted(MailStore store, String... members) throws StoreException {
    Directory directory =
        (Directory) store.facet(org.posthorn.store.AccountDirectory.class).orElseThrow();
    QuotaUse sum = QuotaUse.NONE;
    for (String member : members) {
      sum = sum.plus(directory.used(member));
    }
    return sum;
  }

  private static void members(MailStore store) throws StoreException {
    Acl acl = store.facet(Acl.class).orElseThrow();
    for (String member : TeamProcess.MEMBERS) {
      Mail.account(store, member).close();
      acl.set(
          Identity.owner(member), Mail.INBOX, "anyone", Acl.Mode.REPLACE, Rights.parse("lrite"));
    }
  }

  @Test
  void twoProcessesShareOneSum() throws Exception {
    try (PostgresStore store = TeamProcess.open(database)) {
      members(store);
      Process peer = start();
      try (BufferedReader out =
          new BufferedReader(new InputStreamReader(peer.getInputStream(), US_ASCII))) {
        assertTimeoutPreemptively(PATIENCE, () -> assertEquals("ready", out.readLine()));
        peer.getOutputStream().write('g');
        peer.getOutputStream().flush();
        assertTrue(TeamProcess.work(store, 1) > 0, "the limit never refused");
        String line = assertTimeoutPreemptively(PATIENCE, out::readLine);
        assertTrue(Integer.parseInt(line) > 0, "the limit never refused in the other process");
      } finally {
        peer.destroyForcibly();
      }
      assertEquals(counted(store), used(store));
      for (String member : TeamProcess.MEMBERS) {
        assertEquals(QuotaUse.NONE, quotas(store).recount(member));
        assertEquals(List.of(), store.check(member));
      }
      assertEquals(counted(store), used(store));
    }
  }

  @Test
  void oneHearsWhatTheOtherTook() throws Exception {
    try (PostgresStore one = TeamProcess.open(database);
        PostgresStore other = TeamProcess.open(database)) {
      members(one);
      assertEquals(QuotaUse.mailboxes(4), used(other));
      try (Account m0 = one.open(Identity.owner("m0"))) {
        Mail.fill(m0, Mail.INBOX, 3);
      }
      assertEquals(counted(one), used(other));
      Directory directory =
          (Directory) other.facet(org.posthorn.store.AccountDirectory.class).orElseThrow();
      assertTrue(directory.delete("m1"));
      assertEquals(3, used(one).mailboxes());
      assertTrue(directory.create("m1"));
      assertEquals(4, used(one).mailboxes());
    }
  }

  @Test
  void accountsJoinWhenAPolicyComesAndAWrongSumIsCountedAnew() throws Exception {
    try (PostgresStore before = PostgresStore.at(database).open();
        Account m0 = Mail.account(before, "m0");
        Account m1 = Mail.account(before, "m1")) {
      Mail.fill(m0, Mail.INBOX, 2);
      Mail.fill(m1, Mail.INBOX, 5);
    }
    try (PostgresStore store = TeamProcess.open(database)) {
      assertEquals(7, used(store).messages());
      EmbeddedPostgres.execute(
          PgAddress.parse(database).database(), "UPDATE quota_root SET messages = 99");
      assertEquals(99, used(store).messages());
      assertEquals(QuotaUse.NONE, quotas(store).recount("m0"));
      assertEquals(7, used(store).messages());
    }
  }

  /** As commands that import, restore and copy do, beside a server. */
  @Test
  void whatAProcessWithoutAPolicyMakesCountsInTheOthersRoots() throws Exception {
    try (PostgresStore server = TeamProcess.open(database);
        Account old = Mail.account(server, "m0")) {
      Mail.fill(old, Mail.INBOX, 1);
      try (PostgresStore command = PostgresStore.at(database).connections(2, 2).open();
          Account made = Mail.account(command, "m1");
          Account known = command.open(Identity.owner("m0"))) {
        Mail.fill(made, Mail.INBOX, 30);
        Mail.fill(known, Mail.INBOX, 5);
        awaitMessages(server, 36);
        assertEquals(QuotaUse.NONE, quotas(command).recount("m1"));
        assertEquals(36, used(server).messages());
        Mail.fill(made, Mail.INBOX, 2);
        assertEquals(38, used(server).messages());
        // No policy, no limits.
        Mail.fill(made, Mail.INBOX, 10);
      }
      StoreException full = assertThrows(StoreException.class, () -> Mail.fill(old, Mail.INBOX, 1));
      assertEquals(StoreException.Code.OVER_QUOTA, full.code());
      assertEquals(counted(server, "m0", "m1"), used(server));
    }
  }

  @Test
  void accountsMadeWhileNobodyListenedCountWhenTheServerStarts() throws Exception {
    try (PostgresStore command = PostgresStore.at(database).connections(2, 2).open();
        Account made = Mail.account(command, "m1")) {
      Mail.fill(made, Mail.INBOX, 3);
      try (PostgresStore server = TeamProcess.open(database)) {
        assertEquals(3, used(server).messages());
        Mail.fill(made, Mail.INBOX, 3);
        assertEquals(6, used(server).messages());
      }
    }
  }

  /** The account is made before it is told of. */
  private static void awaitMessages(MailStore store, long count) throws StoreException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (used(store).messages() != count) {
      assertTrue(System.nanoTime() < end, () -> "the new account does not count");
      Thread.onSpinWait();
    }
  }

  private Process start() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx96m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            TeamProcess.class.getName(),
            database,
            "2")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
