package org.posthorn.delivery.milter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.delivery.milter.MilterDouble.packet;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.delivery.check.CheckedHandler;
import org.posthorn.delivery.check.DaemonDouble;
import org.posthorn.delivery.check.KeepingHandler;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

class MilterCheckerTest {
  private static final String MESSAGE =
      "From: Carol <carol@elsewhere.example>\r\nSubject: a\r\n folded\r\n\r\nfirst\r\nsecond\r\n";

  @TempDir static Path spool;
  private final KeepingHandler next = new KeepingHandler();
  private final List<String> quarantined = new ArrayList<>();

  private List<Verdict> send(MilterDouble milter, String message, String... recipients)
      throws Exception {
    try (DaemonDouble daemon = new DaemonDouble(milter)) {
      CheckedHandler handler =
          CheckedHandler.before(next)
              .checker(new MilterChecker(daemon.endpoint(), "mx.example.org").spool(spool, 1 << 10))
              .quarantine(
                  (peer, sender, to, reason, content) -> {
                    quarantined.add(reason);
                    return Verdict.OK;
                  })
              .build();
      return KeepingHandler.send(handler, SmtpRole.MX, message, recipients);
    }
  }

  private String reply(MilterDouble milter) throws Exception {
    return send(milter, MESSAGE, "alice").get(0).line();
  }

  @Test
  void everyStepIsTold() throws Exception {
    MilterDouble milter = new MilterDouble();
    assertEquals(250, send(milter, MESSAGE, "alice", "bob").get(0).code());
    assertEquals(
        List.of(
            "O 6 ff",
            "C {j|mx.example.org|v|Posthorn|{daemon_name}|smtp|{client_addr}|192.0.2.7|{client_name}|[192.0.2.7]|{client_port}|4000|}"
                + " [192.0.2.7]|4\u000f\ufffd192.0.2.7|",
            "H client.example|",
            "M {i|1|{mail_addr}|carol@elsewhere.example|} <carol@elsewhere.example>|",
            "R {{rcpt_addr}|alice@example.org|} <alice@example.org>|",
            "R {{rcpt_addr}|bob@example.org|} <bob@example.org>|",
            "T {i|1|} ",
            "L From|Carol <carol@elsewhere.example>|",
            "L Subject|a\n folded|",
            "N ",
            "B first\r\nsecond\r\n",
            "E {i|1|} ",
            "Q"),
        milter.steps);
    assertEquals(MESSAGE, next.kept.get(0).content());
  }

  @Test
  void whatIsNotWantedIsLeftOut() throws Exception {
    MilterDouble milter =
        new MilterDouble()
            .wants(
                MilterCodes.NO_CONNECT
                    | MilterCodes.NO_HELO
                    | MilterCodes.NO_DATA
                    | MilterCodes.NO_RCPT
                    | MilterCodes.NO_END_OF_HEADER
                    | MilterCodes.NO_REPLY_HEADER
                    | MilterCodes.NO_REPLY_BODY
                    | MilterCodes.LEADING_SPACE);
    send(milter, MESSAGE, "alice");
    assertEquals(
        List.of("O", "M", "L", "L", "B", "E", "Q"),
        milter.steps.stream().map(step -> step.substring(0, 1)).toList());
    assertEquals("L Subject| a\n folded|", milter.steps.get(3));
  }

  @Test
  void changesAreMade() throws Exception {
    MilterDouble milter =
        new MilterDouble()
            .answer(
                'E',
                packet('p'),
                packet('h', "X-Added", "1"),
                packet('i', 0, "DKIM-Signature", "v=1;\n\tb=abc"),
                packet('m', 1, "Subject", "changed"),
                packet('b', "new ".getBytes(StandardCharsets.UTF_8)),
                packet('b', "body\r\n".getBytes(StandardCharsets.UTF_8)),
                packet('+', "<archive@example.org>"),
                packet('2', "<second@example.org>", "NOTIFY=NEVER"),
                packet('-', "<alice@example.org>"),
                packet('e', "<bounces@example.org>"),
                packet('a'));
    assertEquals("250 2.0.0 kept", reply(milter));
    assertEquals(
        List.of(
            new KeepingHandler.Kept(
                "bounces@example.org",
                List.of("archive@example.org", "second@example.org NOTIFY=NEVER"),
                """
                DKIM-Signature: v=1;
                \tb=abc
                From: Carol <carol@elsewhere.example>
                Subject: changed
                X-Added: 1

                new body
                """
                    .replace("\n", "\r\n"))),
        next.kept);
  }

  @Test
  void refusalsAreTheMilters() throws Exception {
    assertEquals("550 5.7.1 Command rejected", reply(new MilterDouble().answer('C', packet('r'))));
    assertEquals("451 4.7.1 Try again later", reply(new MilterDouble().answer('M', packet('t'))));
    assertEquals(
        "554 5.7.9 Not you",
        reply(new MilterDouble().answer('L', packet('y', "554 5.7.9 Not you"))));
    assertEquals(
        "421 4.7.1 slow down now",
        reply(new MilterDouble().answer('E', packet('y', "421-slow down\r\n421 now"))));
    assertEquals("451 4.7.1 Try again later", reply(new MilterDouble().answer('B', packet('f'))));
    assertEquals(List.of(), next.kept);
  }

  @Test
  void acceptDiscardAndQuarantine() throws Exception {
    MilterDouble accepting = new MilterDouble().answer('H', packet('a'));
    assertEquals("250 2.0.0 kept", reply(accepting));
    assertEquals("Q", accepting.steps.get(3));
    assertEquals("250 2.0.0 OK", reply(new MilterDouble().answer('N', packet('d'))));
    reply(new MilterDouble().answer('E', packet('q', "looks odd"), packet('c')));
    assertEquals(List.of("looks odd"), quarantined);
    assertEquals(1, next.kept.size());
  }

  @Test
  void oneRecipientIsRefusedAndTheRestGoesOn() throws Exception {
    MilterDouble picky = new MilterDouble().answerTo("<alice@", packet('r'));
    assertEquals("250 2.0.0 kept", send(picky, MESSAGE, "alice", "bob").get(0).line());
    assertEquals(List.of("bob@example.org"), next.kept.get(0).recipients());
    assertEquals(1, picky.steps.stream().filter(step -> step.startsWith("E")).count());
  }

  @Test
  void aLongBodyGoesInPiecesUntilTheMilterHasSeenEnough() throws Exception {
    String message = "A: b\r\n\r\n" + "0123456789abcdef".repeat(20_000);
    MilterDouble all = new MilterDouble();
    send(all, message, "alice");
    assertEquals(5, all.steps.stream().filter(step -> step.startsWith("B")).count());
    MilterDouble enough = new MilterDouble().answer('B', packet('s'));
    send(enough, message, "alice");
    assertEquals(1, enough.steps.stream().filter(step -> step.startsWith("B")).count());
    assertEquals(message, next.kept.get(1).content());
  }

  @Test
  void nonsenseIsAnUnavailableMilter() throws Exception {
    for (byte[] answer :
        List.of(
            packet('?'),
            packet('m', 1, "Sub:ject", "x"),
            packet('h', "X", "a\nBcc: b"),
            packet('+', "not an address"))) {
      MilterDouble milter = new MilterDouble().answer('E', answer, packet('a'));
      StoreException e = assertThrows(StoreException.class, () -> reply(milter));
      assertEquals(StoreException.Code.UNAVAILABLE, e.code());
    }
    MilterDouble greedy = new MilterDouble().wants(0x4000_0000);
    assertThrows(StoreException.class, () -> reply(greedy));
    assertEquals(List.of(), next.kept);
  }

  @Property(tries = 200)
  void noAnswerBreaksMoreThanItsMessage(
      @ForAll @Chars({'+', '2', '-', 'b', 'e', 'h', 'i', 'm', 'q', 'y', 'p', '?'}) char first,
      @ForAll @Size(max = 20) byte[] random)
      throws Exception {
    byte[] answer = packet(first, random);
    MilterDouble milter = new MilterDouble().answer('E', answer, packet('a'));
    try {
      int code = send(milter, MESSAGE, "alice").get(0).code();
      assertTrue(code >= 200 && code < 600);
    } catch (StoreException e) {
      assertEquals(StoreException.Code.UNAVAILABLE, e.code(), "after " + first);
    }
  }

  @Property
  void everyReplyIsOneLine(@ForAll String text) {
    Verdict verdict = MilterAnswer.reply(text);
    assertFalse(verdict.accepted());
    assertFalse(MilterAnswer.reply("554 " + text).accepted());
  }
}
