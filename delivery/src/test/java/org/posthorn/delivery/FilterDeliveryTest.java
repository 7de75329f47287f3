package org.posthorn.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.delivery.Deliveries.SENDER;
import static org.posthorn.delivery.Deliveries.address;
import static org.posthorn.delivery.Deliveries.inbox;
import static org.posthorn.delivery.Deliveries.messages;
import static org.posthorn.delivery.Deliveries.send;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.delivery.filter.FilterAction.AddFlags;
import org.posthorn.delivery.filter.FilterAction.Discard;
import org.posthorn.delivery.filter.FilterAction.FileInto;
import org.posthorn.delivery.filter.FilterAction.Keep;
import org.posthorn.delivery.filter.FilterAction.Redirect;
import org.posthorn.delivery.filter.FilterAction.Reject;
import org.posthorn.delivery.filter.FilterRule;
import org.posthorn.delivery.filter.FilterTest;
import org.posthorn.delivery.filter.RuleFilter;
import org.posthorn.delivery.report.RecipientStatus;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.PageLimit;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.memory.MemoryStore;

class FilterDeliveryTest {
  @TempDir Path folder;
  private final MemoryStore store = MemoryStore.withAccounts("alice", "bob");
  private final RecordingRelay relay = new RecordingRelay();
  private final List<String> reports = new ArrayList<>();
  private LocalDelivery delivery = LocalDelivery.into(store, "unset").build();

  @BeforeEach
  void compose() {
    delivery = builder().build();
  }

  private DeliveryBuilder builder() {
    RuleFilter alice =
        new RuleFilter(
            List.of(
                FilterRule.when(
                        FilterTest.headerContains("Subject", "urgent"),
                        new AddFlags(Flags.of(SystemFlag.FLAGGED)))
                    .andGoOn(),
                FilterRule.when(FilterTest.has("List-Id"), new FileInto(MailboxName.of("Lists"))),
                FilterRule.when(FilterTest.senderContains("@spam.example"), new Discard()),
                FilterRule.when(FilterTest.senderIs(""), new Keep()),
                FilterRule.when(
                    FilterTest.largerThan(2_000), new Reject("Too long, write letters")),
                FilterRule.when(
                    FilterTest.addressContains("To", "alice+phone"),
                    new Keep(),
                    new Redirect(address("alice@phone.example"))),
                FilterRule.when(
                    FilterTest.headerIs("Subject", "for bob"),
                    new Redirect(address("bob@example.org")))));
    return LocalDelivery.into(store, "mx.example.org")
        .domains(Set.of("example.org"))
        .missingFolder(MissingFolder.CREATED)
        .filters(account -> account.equals("alice") ? Optional.of(alice) : Optional.empty())
        .relay(relay)
        .spool(folder, 1 << 10);
  }

  @Test
  void filesIntoAFolderThatIsMade() throws Exception {
    send(delivery, SENDER, "List-Id: <l.example>\r\n\r\nx\r\n", "alice@example.org");
    assertEquals(1, messages(store, "alice", "Lists").size());
    assertEquals(0, inbox(store, "alice").size());
  }

  @Test
  void flagsAndGoesOn() throws Exception {
    send(delivery, SENDER, "Subject: =?utf-8?q?URGENT?=!\r\n\r\nx\r\n", "alice@example.org");
    try (Account account = store.open(Identity.owner("alice"));
        Mailbox inbox = account.open(MailboxName.INBOX, Access.READ)) {
      Flags flags =
          inbox
              .list(inbox.snapshot().uids(), PageLimit.DEFAULT, Set.<Item>of())
              .rows()
              .get(0)
              .flags();
      assertTrue(flags.has(SystemFlag.FLAGGED));
    }
  }

  @Test
  void discardsInSilence() throws Exception {
    assertEquals(
        List.of("250 2.0.0"), send(delivery, "x@spam.example", "\r\nx\r\n", "alice@example.org"));
    assertEquals(0, inbox(store, "alice").size());
  }

  @Test
  void rejectsAtTheEndOfTheMessage() throws Exception {
    String letter = "\r\n" + "x".repeat(70).concat("\r\n").repeat(50);
    assertEquals(List.of("550 5.7.1"), send(delivery, SENDER, letter, "alice@example.org"));
    assertEquals(
        List.of("550 5.7.1"),
        send(delivery, SENDER, letter, "alice@example.org", "bob@example.org"),
        "without a way to tell the sender later nobody gets it");
    assertEquals(0, inbox(store, "bob").size());
    assertEquals(
        List.of("550 5.7.1", "250 2.0.0"),
        send(delivery, SmtpRole.LMTP, SENDER, letter, "alice@example.org", "bob@example.org"));
    assertEquals(1, inbox(store, "bob").size());
  }

  @Test
  void reportsARejectionWhenOthersGotIt() throws Exception {
    delivery =
        builder()
            .reporter(
                (message, statuses) -> {
                  for (RecipientStatus status : statuses) {
                    reports.add(
                        message.sender()
                            + " "
                            + status.recipient().address()
                            + " "
                            + status.action().word()
                            + " "
                            + status.verdict().text());
                  }
                })
            .build();
    String letter = "\r\n" + "x".repeat(70).concat("\r\n").repeat(50);
    assertEquals(
        List.of("250 2.0.0"),
        send(delivery, SENDER, letter, "alice@example.org", "bob@example.org"));
    assertEquals(1, inbox(store, "bob").size());
    assertEquals(List.of(SENDER + " alice@example.org failed Too long, write letters"), reports);
  }

  @Test
  void redirectsWithACopyAndCatchesTheLoop() throws Exception {
    String message = "To: alice+phone@example.org\r\n\r\nx\r\n";
    send(delivery, SENDER, message, "alice+phone@example.org");
    assertEquals(1, inbox(store, "alice").size());
    assertEquals(List.of(SENDER + " > alice@phone.example"), relay.envelopes());
    send(delivery, SENDER, relay.sent.get(0).message(), "alice+phone@example.org");
    assertEquals(1, relay.sent.size());
  }

  @Test
  void redirectsToAMailboxHere() throws Exception {
    send(delivery, SENDER, "Subject: for bob\r\n\r\nx\r\n", "alice@example.org");
    assertEquals(1, inbox(store, "bob").size());
    assertEquals(0, inbox(store, "alice").size());
    assertEquals(0, relay.sent.size());
  }
}
