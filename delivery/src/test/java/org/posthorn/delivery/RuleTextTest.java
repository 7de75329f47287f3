package org.posthorn.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.delivery.Deliveries.SENDER;
import static org.posthorn.delivery.Deliveries.inbox;
import static org.posthorn.delivery.Deliveries.messages;
import static org.posthorn.delivery.Deliveries.send;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.delivery.filter.FilterAction;
import org.posthorn.delivery.filter.FilterAction.AddFlags;
import org.posthorn.delivery.filter.FilterAction.Discard;
import org.posthorn.delivery.filter.FilterAction.FileInto;
import org.posthorn.delivery.filter.FilterAction.Keep;
import org.posthorn.delivery.filter.FilterAction.Redirect;
import org.posthorn.delivery.filter.FilterAction.Reject;
import org.posthorn.delivery.filter.FilteredMessage;
import org.posthorn.delivery.filter.RuleFolder;
import org.posthorn.delivery.filter.RuleText;
import org.posthorn.store.Account;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.memory.MemoryStore;

/** Rules as users write them. */
class RuleTextTest {
  @TempDir Path folder;

  private static List<FilterAction> decide(String rules, String sender, int size, String header) {
    FilteredMessage message =
        new FilteredMessage(
            "alice",
            Deliveries.address("alice@example.org"),
            Deliveries.from(sender),
            MessageHeader.of((header + "\r\n\r\n").getBytes(StandardCharsets.UTF_8)),
            size,
            new Spool(Path.of("unused"), 1_000));
    return RuleText.parse(rules).decide(message);
  }

  private static List<FilterAction> decide(String rules, String header) {
    return decide(rules, SENDER, 1_000, header);
  }

  @Test
  void testsOfEveryKind() {
    List<FilterAction> yes = List.of(new Discard());
    Map<String, String> holds =
        Map.of(
            "header list-id exists", "List-Id: x",
            "header Subject contains \"an Offer\"", "Subject: =?utf-8?q?An?= offer!",
            "header Subject is hello", "Subject: Hello",
            "address To contains alice+phone", "To: A <ALICE+phone@example.org>",
            "not header Subject exists", "To: a@b",
            "header A exists or header B exists", "B: 1",
            "header A exists and not header B exists", "A: 1",
            "header C exists or header A exists and header B exists", "A: 1\r\nB: 1");
    holds.forEach(
        (test, header) -> {
          assertEquals(yes, decide("if " + test + " then discard", header), test);
          String other = header.startsWith("To: a@b") ? "Subject: x" : "X: y";
          assertEquals(List.of(), decide("if " + test + " then discard", other), test);
        });
    assertEquals(yes, decide("if sender contains @Elsewhere then discard", "A: b"));
    assertEquals(yes, decide("if sender is " + SENDER + " then discard", "A: b"));
    assertEquals(yes, decide("if sender is \"\" then discard", "", 1, "A: b"));
    assertEquals(yes, decide("if size > 2K then discard", SENDER, 2_049, "A: b"));
    assertEquals(List.of(), decide("if size > 2K then discard", SENDER, 2_048, "A: b"));
    assertEquals(yes, decide("if size < 1M then discard", SENDER, 1_048_575, "A: b"));
  }

  @Test
  void actionsOfEveryKind() throws Exception {
    assertEquals(
        List.of(
            new AddFlags(Flags.of(SystemFlag.FLAGGED).withKeyword("$Work")),
            new FileInto(MailboxName.parse("Work/New, hot")),
            new Redirect(Deliveries.address("a@b.example")),
            new Keep()),
        decide("flag \\flagged $Work, file \"Work/New, hot\", redirect a@b.example, keep", "A: b"));
    assertEquals(
        List.of(new Reject("Say \"please\"")), decide("reject \"Say \\\"please\\\"\"", "A: b"));
  }

  @Test
  void theFirstRuleThatHoldsIsTheLastUnlessItSaysContinue() {
    String rules =
        """
        # comments and long lines
        if header A exists        # of no interest
           then flag \\Seen, continue
        if header A exists then keep
        discard
        """;
    assertEquals(
        List.of(new AddFlags(Flags.of(SystemFlag.SEEN)), new Keep()), decide(rules, "A: b"));
    assertEquals(List.of(new Discard()), decide(rules, "B: b"));
  }

  @Test
  void aWrongLineIsNamed() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> RuleText.parse("keep\n\nif size > lots then keep\n"))
            .getMessage();
    assertEquals("line 3: a size is a number of octets, perhaps with K or M", message);
    for (String wrong :
        List.of(
            "if",
            "if header then keep",
            "if header A is b",
            "if header A is b then",
            "if sender b then keep",
            "if size = 3 then keep",
            "fly",
            "keep keep",
            "keep,",
            "continue, keep",
            "file",
            "file \"open",
            "redirect nowhere",
            "reject \"\"",
            "flag \\Strange",
            "if moon is full then keep")) {
      assertThrows(IllegalArgumentException.class, () -> RuleText.parse(wrong), wrong);
    }
  }

  @Provide
  Arbitrary<String> nonsense() {
    return Arbitraries.of(
            "if",
            "then",
            "not",
            "and",
            "or",
            "header",
            "size",
            ">",
            "keep",
            "file",
            "flag",
            ",",
            "\"",
            "\\",
            "\n",
            " ",
            "#",
            "3K",
            "a@b",
            "continue",
            "reject")
        .list()
        .ofMaxSize(30)
        .map(words -> String.join(" ", words));
  }

  @Property(tries = 2_000)
  void nonsenseIsRefusedInItsOwnTerms(@ForAll("nonsense") String text) {
    try {
      RuleText.parse(text);
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().startsWith("line "), e.getMessage());
    }
  }

  @Test
  void eachAccountHasAFileThatIsReadAgain() throws Exception {
    MailStore store = MemoryStore.withAccounts("alice", "bob");
    try (Account account = store.open(Identity.owner("alice"))) {
      account.create(MailboxName.of("Lists"), Set.of());
    }
    LocalDelivery delivery =
        LocalDelivery.into(store, "mx.example.org")
            .domains(Set.of("example.org"))
            .filters(RuleFolder.in(folder))
            .build();
    String message = "List-Id: x\r\n\r\n";
    String[] both = {"alice@example.org", "bob@example.org"};
    send(delivery, SENDER, message, both);
    assertEquals(1, inbox(store, "alice").size());
    Path file = folder.resolve("alice.rules");
    Files.writeString(file, "if header List-Id exists then file Lists\n");
    send(delivery, SENDER, message, both);
    assertEquals(1, messages(store, "alice", "Lists").size());
    Files.writeString(file, "nonsense\n");
    send(delivery, SENDER, message, both);
    assertEquals(2, messages(store, "alice", "Lists").size(), "what it said before stays");
    Files.delete(file);
    send(delivery, SENDER, message, both);
    assertEquals(2, inbox(store, "alice").size());
    assertEquals(4, inbox(store, "bob").size());
  }

  @Test
  void aNameThatLeadsOutOfTheFolderHasNoFilter() throws Exception {
    Files.writeString(folder.resolve("secret.rules"), "discard\n");
    RuleFolder rules = RuleFolder.in(Files.createDirectory(folder.resolve("rules")));
    for (String name : List.of("../secret", "..", "", "a/../../secret", ".secret", "a\\b")) {
      assertEquals(Optional.empty(), rules.of(name), name);
    }
  }
}
