package org.posthorn.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.delivery.Deliveries.SENDER;
import static org.posthorn.delivery.Deliveries.send;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthorn.delivery.filter.FilterAction;
import org.posthorn.delivery.filter.FilterRule;
import org.posthorn.delivery.filter.FilterTest;
import org.posthorn.delivery.filter.RuleFilter;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.PageLimit;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.Quotas;
import org.posthorn.store.Role;
import org.posthorn.store.Row;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.memory.MemoryStore;

/** What one account, or several, get several times is stored once. */
class SharedBodyTest {
  private static final String LONG = "Subject: x\r\n\r\n" + "0123456789abcde\r\n".repeat(10_000);

  private final MemoryStore store = MemoryStore.withAccounts("alice", "bob");
  private final DirectoryResolver mailboxes =
      new DirectoryResolver(
          store.facet(AccountDirectory.class).orElseThrow(),
          Set.of("example.org"),
          DetailPolicy.FOLDER);
  private LocalDelivery delivery =
      LocalDelivery.into(store, "mx.example.org").resolver(mailboxes).build();

  @BeforeEach
  void folders() throws Exception {
    try (Account account = store.open(Identity.owner("alice"))) {
      account.create(MailboxName.of("a"), Set.of());
      account.create(MailboxName.of("b"), Set.of());
    }
  }

  private Row only(String mailbox) throws Exception {
    try (Account account = store.open(Identity.owner("alice"));
        Mailbox opened = account.open(MailboxName.parse(mailbox), Access.READ)) {
      List<Row> rows =
          opened.list(opened.snapshot().uids(), PageLimit.DEFAULT, Set.of(Item.IDS)).rows();
      assertEquals(1, rows.size());
      return rows.get(0);
    }
  }

  @Test
  void manyAddressesOfOneAccountStoreOneBody() throws Exception {
    assertEquals(
        List.of("250 2.0.0"),
        send(
            delivery,
            SENDER,
            LONG,
            "alice@example.org",
            "alice+a@example.org",
            "alice+b@example.org"));
    assertTrue(store.bodyOctets() < 1.1 * LONG.length(), store.bodyOctets() + " octets");
    String id = only("INBOX").emailId();
    for (String folder : List.of("a", "b")) {
      assertTrue(Deliveries.messages(store, "alice", folder).get(0).endsWith(LONG));
      assertEquals(id, only(folder).emailId());
    }
  }

  @Test
  void soDoTheFoldersOfOneFilter() throws Exception {
    Flags flagged = Flags.of(SystemFlag.FLAGGED);
    RuleFilter everywhere =
        new RuleFilter(
            List.of(
                FilterRule.when(
                    FilterTest.has("Subject"),
                    new FilterAction.AddFlags(flagged),
                    new FilterAction.Keep(),
                    new FilterAction.FileInto(MailboxName.of("a")),
                    new FilterAction.FileInto(MailboxName.of("b")))));
    delivery =
        LocalDelivery.into(store, "mx.example.org")
            .resolver(mailboxes)
            .filters(account -> Optional.of(everywhere))
            .build();
    assertEquals(List.of("250 2.0.0"), send(delivery, SENDER, LONG, "alice@example.org"));
    assertTrue(store.bodyOctets() < 1.1 * LONG.length(), store.bodyOctets() + " octets");
    for (String folder : List.of("INBOX", "a", "b")) {
      assertTrue(only(folder).flags().has(SystemFlag.FLAGGED));
    }
  }

  @Test
  void severalAccountsShareOneBody() throws Exception {
    send(delivery, SENDER, LONG, "alice@example.org", "alice+a@example.org", "bob@example.org");
    assertTrue(store.bodyOctets() < 1.1 * LONG.length(), store.bodyOctets() + " octets");
    remove("alice", "INBOX");
    remove("alice", "a");
    assertTrue(Deliveries.inbox(store, "bob").get(0).endsWith(LONG));
    remove("bob", "INBOX");
    assertEquals(0, store.bodyOctets());
  }

  /** Each recipient has a commit of its own, and may refuse it. */
  @Test
  void soDoTheRecipientsOfLmtp() throws Exception {
    store
        .facet(Quotas.class)
        .orElseThrow()
        .setLimits(
            new Identity("alice", "admin", Role.ADMIN), QuotaRoot.ofAccount("alice"), limit());
    String[] recipients = {"alice@example.org", "alice+a@example.org", "bob@example.org"};
    assertEquals(
        List.of("250 2.0.0", "452 4.2.2", "250 2.0.0"),
        send(delivery, SmtpRole.LMTP, SENDER, LONG, recipients));
    assertTrue(store.bodyOctets() < 1.1 * LONG.length(), store.bodyOctets() + " octets");
    assertTrue(Deliveries.inbox(store, "bob").get(0).endsWith(LONG));
  }

  /** A filter's flags are of the message, not of its octets. */
  @Test
  void soDoMessagesWithOtherFlags() throws Exception {
    RuleFilter flagging =
        new RuleFilter(
            List.of(
                FilterRule.when(
                    FilterTest.has("Subject"),
                    new FilterAction.AddFlags(Flags.of(SystemFlag.FLAGGED)),
                    new FilterAction.Keep())));
    delivery =
        LocalDelivery.into(store, "mx.example.org")
            .resolver(mailboxes)
            .filters(account -> account.equals("alice") ? Optional.of(flagging) : Optional.empty())
            .build();
    send(delivery, SENDER, LONG, "bob@example.org", "alice@example.org");
    assertTrue(store.bodyOctets() < 1.1 * LONG.length(), store.bodyOctets() + " octets");
    assertTrue(only("INBOX").flags().has(SystemFlag.FLAGGED));
  }

  private void remove(String name, String mailbox) throws Exception {
    try (Account account = store.open(Identity.owner(name));
        Mailbox opened = account.open(MailboxName.parse(mailbox), Access.WRITE)) {
      opened.remove(opened.snapshot().uids());
    }
  }

  /** Each copy counts, and what does not fit is said before any is there. */
  @Test
  void aQuotaHoldsForAllCopiesOrNone() throws Exception {
    store
        .facet(Quotas.class)
        .orElseThrow()
        .setLimits(
            new Identity("alice", "admin", Role.ADMIN), QuotaRoot.ofAccount("alice"), limit());
    assertEquals(
        List.of("452 4.2.2"),
        send(delivery, SENDER, LONG, "alice@example.org", "alice+a@example.org"));
    assertEquals(List.of(), Deliveries.inbox(store, "alice"));
    assertEquals(List.of("250 2.0.0"), send(delivery, SENDER, LONG, "alice@example.org"));
  }

  private static QuotaLimits limit() {
    return QuotaLimits.UNLIMITED.with(QuotaResource.STORAGE, LONG.length() * 3L / 2);
  }
}
