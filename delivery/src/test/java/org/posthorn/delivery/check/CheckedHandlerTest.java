package org.posthorn.delivery.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.delivery.Spool;
import org.posthorn.delivery.check.KeepingHandler.Kept;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

class CheckedHandlerTest {
  private static final String MESSAGE =
      "Subject: one\r\nX-A: 1\r\nSubject:\r\n two\r\n\r\nbody\r\n";
  private static final String SENDER = "carol@elsewhere.example";

  @TempDir Path spool;
  private final KeepingHandler next = new KeepingHandler();

  private MailHandler checked(Checker... checkers) {
    CheckedHandler.Builder builder = CheckedHandler.before(next).spool(spool, 16);
    for (Checker checker : checkers) {
      builder.checker(checker);
    }
    return builder.build();
  }

  private static Checker finding(Findings findings) {
    return peer -> content -> findings;
  }

  private static Address address(String localPart) {
    return new Address(localPart, "example.org");
  }

  private void nothingIsLeftBehind() throws Exception {
    try (Stream<Path> left = Files.list(spool)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void whatPassesArrivesUnchanged() throws Exception {
    MailHandler handler = checked(finding(Findings.NOTHING));
    assertEquals(
        List.of(new Verdict(250, "2.0.0", "kept")),
        KeepingHandler.send(handler, SmtpRole.MX, MESSAGE, "alice", "bob"));
    assertEquals(
        List.of(new Kept(SENDER, List.of("alice@example.org", "bob@example.org"), MESSAGE)),
        next.kept);
    nothingIsLeftBehind();
  }

  @Test
  void headersAreEditedInOrder() throws Exception {
    Findings edits =
        new Findings.Builder()
            .edit(new HeaderEdit.Add("X-Last", "9"))
            .edit(new HeaderEdit.Insert(0, "X-First", "a\n\tb"))
            .edit(new HeaderEdit.Insert(99, "X-Very-Last", "10"))
            .edit(new HeaderEdit.Change("subject", 2, "three"))
            .edit(new HeaderEdit.Change("X-A", 1, ""))
            .edit(new HeaderEdit.Change("X-B", 1, "new"))
            .edit(new HeaderEdit.Change("X-C", 1, ""))
            .build();
    KeepingHandler.send(checked(finding(edits)), SmtpRole.MX, MESSAGE, "alice");
    assertEquals(
        """
        X-First: a
        \tb
        Subject: one
        subject: three
        X-Last: 9
        X-Very-Last: 10
        X-B: new

        body
        """
            .replace("\n", "\r\n"),
        next.kept.get(0).content());
  }

  @Test
  void nothingIsSmuggledIntoAHeader() {
    for (String value : List.of("a\r\nBcc: b", "a\n\nbody", "a\r", "a\0b")) {
      assertThrows(IllegalArgumentException.class, () -> new HeaderEdit.Add("X", value));
    }
    assertThrows(IllegalArgumentException.class, () -> new HeaderEdit.Add("X:Y", "a"));
  }

  @Test
  void theNextCheckerSeesWhatTheOneBeforeLeft() throws Exception {
    List<String> seen = new ArrayList<>();
    Checker tagging =
        finding(new Findings.Builder().edit(new HeaderEdit.Add("X-Tag", "1")).build());
    Checker looking =
        peer ->
            content -> {
              seen.add(StandardCharsets.UTF_8.decode(content.head(1_000)).toString());
              return Findings.NOTHING;
            };
    KeepingHandler.send(checked(tagging, looking), SmtpRole.MX, "A: b\r\n\r\nx", "alice");
    assertEquals(List.of("A: b\r\nX-Tag: 1\r\n\r\nx"), seen);
    assertEquals("A: b\r\nX-Tag: 1\r\n\r\nx", next.kept.get(0).content());
  }

  @Test
  void theBodyIsReplaced() throws Exception {
    Checker replacing =
        peer ->
            content -> {
              Spool body = new Spool(spool, 16);
              body.write(
                  ByteBuffer.wrap(
                      "another, and a longer one\r\n".getBytes(StandardCharsets.UTF_8)));
              return new Findings.Builder().body(body).build();
            };
    KeepingHandler.send(checked(replacing), SmtpRole.MX, MESSAGE, "alice");
    assertEquals(MESSAGE.replace("body", "another, and a longer one"), next.kept.get(0).content());
    nothingIsLeftBehind();
  }

  @Test
  void refusedAndDiscardedMailIsNotDelivered() throws Exception {
    Verdict no = new Verdict(550, "5.7.1", "No");
    assertEquals(
        List.of(no),
        KeepingHandler.send(checked(finding(Findings.refused(no))), SmtpRole.MX, MESSAGE, "alice"));
    Findings discarded = new Findings.Builder().discard().build();
    assertEquals(
        250,
        KeepingHandler.send(checked(finding(discarded)), SmtpRole.MX, MESSAGE, "alice")
            .get(0)
            .code());
    assertEquals(List.of(), next.kept);
    nothingIsLeftBehind();
  }

  @Test
  void quarantinedMailGoesThere() throws Exception {
    Findings held =
        new Findings.Builder()
            .edit(new HeaderEdit.Add("X-Why", "because"))
            .quarantine("because")
            .build();
    List<String> kept = new ArrayList<>();
    MailHandler handler =
        CheckedHandler.before(next)
            .checker(finding(held))
            .quarantine(
                (peer, sender, recipients, reason, content) -> {
                  kept.add(sender + " " + recipients.size() + " " + reason);
                  return Verdict.OK;
                })
            .build();
    assertEquals(List.of(Verdict.OK), KeepingHandler.send(handler, SmtpRole.MX, MESSAGE, "alice"));
    assertEquals(List.of(SENDER + " 1 because"), kept);
    assertEquals(List.of(), next.kept);
    assertEquals(
        550,
        KeepingHandler.send(checked(finding(held)), SmtpRole.MX, MESSAGE, "alice").get(0).code());
  }

  @Test
  void redirectedMailHasAnotherEnvelope() throws Exception {
    Findings redirect =
        new Findings.Builder()
            .sender(ReversePath.of(address("list")))
            .removeRecipient(address("alice"))
            .addRecipient(address("archive"))
            .build();
    KeepingHandler.send(checked(finding(redirect)), SmtpRole.MX, MESSAGE, "alice", "bob");
    assertEquals(
        List.of(
            new Kept(
                "list@example.org", List.of("bob@example.org", "archive@example.org"), MESSAGE)),
        next.kept);
  }

  @Test
  void overLmtpEachNamedRecipientHasItsAnswer() throws Exception {
    Findings redirect =
        new Findings.Builder()
            .removeRecipient(address("alice"))
            .addRecipient(address("nobody"))
            .build();
    assertEquals(
        List.of(
            new Verdict(250, "2.0.0", "OK"), new Verdict(250, "2.0.0", "kept for bob@example.org")),
        KeepingHandler.send(checked(finding(redirect)), SmtpRole.LMTP, MESSAGE, "alice", "bob"));
  }

  @Test
  void oneRecipientOfManyMayBeRefused() throws Exception {
    Checker picky =
        peer ->
            new Check() {
              @Override
              public Verdict recipient(Recipient recipient) {
                return recipient.address().localPart().equals("bob")
                    ? new Verdict(550, "5.7.1", "Not for bob")
                    : Verdict.OK;
              }

              @Override
              public Findings content(Spool content) {
                return Findings.NOTHING;
              }
            };
    KeepingHandler.send(checked(picky), SmtpRole.MX, MESSAGE, "alice", "bob", "nobody");
    assertEquals(List.of("alice@example.org"), next.kept.get(0).recipients());
  }

  @Test
  void aCheckerThatFailsDefersMailUnlessItIsOptional() throws Exception {
    Checker broken =
        peer ->
            content -> {
              throw new StoreException(StoreException.Code.UNAVAILABLE, "gone");
            };
    Checker absent =
        peer -> {
          throw new StoreException(StoreException.Code.UNAVAILABLE, "never there");
        };
    for (Checker failing : List.of(broken, absent)) {
      assertThrows(
          StoreException.class,
          () -> KeepingHandler.send(checked(failing), SmtpRole.MX, MESSAGE, "alice"));
      MailHandler lenient = CheckedHandler.before(next).optionalChecker(failing).build();
      assertEquals(250, KeepingHandler.send(lenient, SmtpRole.MX, MESSAGE, "alice").get(0).code());
    }
    assertEquals(2, next.kept.size());
  }
}
