package org.posthorn.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.delivery.Deliveries.SENDER;
import static org.posthorn.delivery.Deliveries.inbox;
import static org.posthorn.delivery.Deliveries.messages;
import static org.posthorn.delivery.Deliveries.send;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.delivery.routing.RoutingFile;
import org.posthorn.delivery.routing.RoutingTable;
import org.posthorn.delivery.routing.TableResolver;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.memory.MemoryStore;

/** Aliases, catch-all, details, forwards, lists and loops, from the envelope to mailboxes. */
class RoutingTest {
  private static final String MESSAGE = "Subject: x\r\n\r\nhello\r\n";

  @TempDir Path folder;
  private final MemoryStore store = MemoryStore.withAccounts("alice", "bob", "postmaster");
  private final RecordingRelay relay = new RecordingRelay();
  private LocalDelivery delivery = LocalDelivery.into(store, "unset").build();

  @BeforeEach
  void compose() {
    routes(
        """
        # kind   address               targets
        alias    sales@example.org     alice@example.org bob@example.org
        alias    all@example.org       sales@example.org   # an alias of an alias
        alias    a@example.org         b@example.org
        alias    b@example.org         a@example.org
        alias    bob@example.org       bob@example.org alice@example.org
        alias    half@example.org      alice@example.org nobody@example.org
        forward  carol@example.org     carol@away.example
        copy     alice@example.org     alice@away.example
        list     team@example.org      team-owner@example.org
                   bob@example.org gone@example.org carol@far.example
        refuse   mallory@example.org   Account disabled
        """);
  }

  private void routes(String text) {
    routes(() -> RoutingFile.parse(text));
  }

  private void routes(Supplier<RoutingTable> tables) {
    AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
    DirectoryResolver mailboxes =
        new DirectoryResolver(accounts, Set.of("example.org"), DetailPolicy.FOLDER);
    delivery =
        LocalDelivery.into(store, "mx.example.org")
            .resolver(new TableResolver(tables, mailboxes))
            .relay(relay)
            .spool(folder, 1 << 10)
            .build();
  }

  @Test
  void anAliasOfAnAliasReachesEachMailboxOnce() throws Exception {
    assertEquals(List.of("250 2.0.0"), send(delivery, SENDER, MESSAGE, "ALL@Example.org"));
    assertEquals(1, inbox(store, "alice").size());
    assertEquals(1, inbox(store, "bob").size());
  }

  @Test
  void anAliasThatNamesItselfMeansItsMailbox() throws Exception {
    send(delivery, SENDER, MESSAGE, "bob@example.org");
    assertEquals(1, inbox(store, "bob").size());
    assertEquals(1, inbox(store, "alice").size());
  }

  @Test
  void aliasesThatGoRoundAreRefusedAtRcpt() throws Exception {
    assertEquals(List.of("550 5.4.6"), send(delivery, SENDER, MESSAGE, "a@example.org"));
  }

  @Test
  void anAliasWithAnUnknownTargetIsRefusedAtRcpt() throws Exception {
    assertEquals(List.of("550 5.1.1"), send(delivery, SENDER, MESSAGE, "half@example.org"));
  }

  @Test
  void aDisabledAccountIsRefusedAtRcpt() throws Exception {
    assertEquals(List.of("550 5.2.1"), send(delivery, SENDER, MESSAGE, "Mallory@example.org"));
  }

  @Test
  void aForwardKeepsNothingAndSaysWhereItWas() throws Exception {
    assertEquals(List.of("250 2.0.0"), send(delivery, SENDER, MESSAGE, "carol@example.org"));
    assertEquals(List.of(SENDER + " > carol@away.example"), relay.envelopes());
    assertTrue(
        relay.sent.get(0).message().startsWith("Delivered-To: carol@example.org\r\nReceived: "));
    assertTrue(relay.sent.get(0).message().endsWith(MESSAGE));
  }

  @Test
  void aForwardWithCopyKeepsOne() throws Exception {
    send(delivery, SENDER, MESSAGE, "alice@example.org");
    assertEquals(List.of(SENDER + " > alice@away.example"), relay.envelopes());
    assertEquals(1, inbox(store, "alice").size());
  }

  @Test
  void aForwardCarriesTheSendersWishes() throws Exception {
    Map<String, String> wishes = Map.of("NOTIFY", "SUCCESS,FAILURE");
    send(delivery, SmtpRole.MX, SENDER, wishes, MESSAGE, "carol@example.org");
    assertEquals(
        List.of(
            SENDER
                + " > carol@away.example"
                + "{NOTIFY=SUCCESS,FAILURE, ORCPT=rfc822;carol@example.org}"),
        relay.envelopes());
  }

  @Test
  void whatComesBackIsNotForwardedAgain() throws Exception {
    send(delivery, SENDER, MESSAGE, "carol@example.org");
    String back = relay.sent.get(0).message();
    assertEquals(List.of("554 5.4.6"), send(delivery, SENDER, back, "carol@example.org"));
    assertEquals(1, relay.sent.size());
  }

  @Test
  void tooManyHopsAreALoop() throws Exception {
    String travelled = "Received: from a by b\r\n".repeat(101) + MESSAGE;
    assertEquals(List.of("554 5.4.6"), send(delivery, SENDER, travelled, "postmaster@example.org"));
    assertEquals(
        List.of("250 2.0.0"),
        send(delivery, SENDER, travelled.substring(23), "postmaster@example.org"));
  }

  @Test
  void aListWritesInItsOwnersNameToWhoeverIsThere() throws Exception {
    assertEquals(List.of("250 2.0.0"), send(delivery, SENDER, MESSAGE, "team@example.org"));
    assertEquals(
        List.of(
            "team-owner@example.org > carol@far.example",
            "team-owner@example.org > alice@away.example"),
        relay.envelopes().stream().flatMap(RoutingTest::parts).toList());
    assertTrue(inbox(store, "bob").get(0).startsWith("Return-Path: <team-owner@example.org>\r\n"));
  }

  @Test
  void itsOwnerIsToldOfMembersWhoCannotBeReached() throws Exception {
    AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
    RoutingTable table =
        RoutingFile.parse(
            "list team@example.org team-owner@example.org"
                + " bob@example.org gone@example.org alice@example.org");
    List<String> told = new ArrayList<>();
    delivery =
        LocalDelivery.into(store, "mx.example.org")
            .resolver(
                new TableResolver(table, new DirectoryResolver(accounts, Set.of("example.org"))))
            .accountPolicy(
                (peer, sender, account) ->
                    account.equals("alice")
                        ? Optional.of(new Verdict(550, "5.2.1", "disabled"))
                        : Optional.empty())
            .reporter(
                (message, statuses) ->
                    statuses.forEach(
                        status ->
                            told.add(
                                message.sender()
                                    + ": "
                                    + status.recipient().address()
                                    + ' '
                                    + status.verdict().enhanced())))
            .build();
    assertEquals(List.of("250 2.0.0"), send(delivery, SENDER, MESSAGE, "team@example.org"));
    assertEquals(1, inbox(store, "bob").size());
    assertEquals(
        Set.of(
            "team-owner@example.org: gone@example.org 5.1.1",
            "team-owner@example.org: alice@example.org 5.2.1"),
        Set.copyOf(told));
    told.clear();
    assertEquals(List.of("250 2.0.0"), send(delivery, "", MESSAGE, "team@example.org"));
    assertEquals(List.of(), told, "of a report nobody is told");
  }

  private static java.util.stream.Stream<String> parts(String envelope) {
    String[] halves = envelope.split(" > ", -1);
    return java.util.stream.Stream.of(halves[1].split(", ", -1))
        .map(to -> halves[0] + " > " + to)
        .sorted(java.util.Comparator.reverseOrder());
  }

  @Test
  void theCatchAllGetsWhatNobodyElseDoes() throws Exception {
    routes("catchall example.org postmaster@example.org");
    send(delivery, SENDER, MESSAGE, "nobody@example.org", "bob@example.org");
    assertEquals(1, inbox(store, "postmaster").size());
    assertEquals(1, inbox(store, "bob").size());
  }

  @Test
  void aDetailNamesAFolderIfItIsThere() throws Exception {
    try (Account account = store.open(Identity.owner("bob"))) {
      account.create(MailboxName.of("Lists"), Set.of());
    }
    routes("");
    send(delivery, SENDER, MESSAGE, "bob+Lists@example.org");
    send(delivery, SENDER, MESSAGE, "bob+nothing@example.org");
    send(delivery, SENDER, MESSAGE, "bob+a/b@example.org");
    assertEquals(1, messages(store, "bob", "Lists").size());
    assertEquals(2, inbox(store, "bob").size());
  }

  @Test
  void routesOfTheAddressHoldWithADetail() throws Exception {
    send(delivery, SENDER, MESSAGE, "carol+x@example.org");
    assertEquals(List.of(SENDER + " > carol@away.example"), relay.envelopes());
  }

  @Test
  void withoutARelayAForwardIsRefusedAtRcpt() throws Exception {
    AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
    RoutingTable table =
        RoutingTable.builder()
            .forward(
                Deliveries.address("carol@example.org"), List.of(Deliveries.address("c@x.example")))
            .build();
    delivery =
        LocalDelivery.into(store, "mx.example.org")
            .resolver(
                new TableResolver(table, new DirectoryResolver(accounts, Set.of("example.org"))))
            .build();
    assertEquals(List.of("550 5.7.1"), send(delivery, SENDER, MESSAGE, "carol@example.org"));
  }

  @Test
  void aChangedFileIsReadAgainAndABrokenOneChangesNothing() throws Exception {
    Path file = folder.resolve("routes");
    Files.writeString(file, "alias x@example.org bob@example.org\n");
    routes(RoutingFile.reloading(file));
    assertEquals(List.of("250 2.0.0"), send(delivery, SENDER, MESSAGE, "x@example.org"));
    Files.writeString(file, "alias y@example.org bob@example.org # another\n");
    assertEquals(List.of("550 5.1.1"), send(delivery, SENDER, MESSAGE, "x@example.org"));
    assertEquals(List.of("250 2.0.0"), send(delivery, SENDER, MESSAGE, "y@example.org"));
    Files.writeString(file, "nonsense\n");
    assertEquals(List.of("250 2.0.0"), send(delivery, SENDER, MESSAGE, "y@example.org"));
  }

  @Test
  void aWrongLineIsNamed() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> RoutingFile.parse("\nalias a@x b@x\nalias a@x c@x\n"))
            .getMessage();
    assertEquals("line 3: two routes for a@x", message);
    for (String wrong :
        List.of("alias a@x", "alias a b@x", "sing a@x b@x", "list a@x b@x", "catchall x y")) {
      assertThrows(IllegalArgumentException.class, () -> RoutingFile.parse(wrong), wrong);
    }
  }
}
