package org.posthorn.delivery.milter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.posthorn.delivery.milter.MilterDouble.packet;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.delivery.check.CheckedHandler;
import org.posthorn.delivery.check.DaemonDouble;
import org.posthorn.delivery.check.Endpoint;
import org.posthorn.delivery.check.KeepingHandler;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Every answer a milter has, one at a time, and what becomes of the message. */
class MilterActionsTest {
  private static final String HEADER = "From: c@d.example\r\nSubject: a\r\nX-Spam: no\r\n";
  private static final String MESSAGE = HEADER + "\r\nbody\r\n";

  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir static Path spool;
  private final KeepingHandler next = new KeepingHandler();
  private final List<String> quarantined = new ArrayList<>();

  private String send(MilterDouble milter) throws Exception {
    return send(milter, false, Duration.ofSeconds(30));
  }

  private String send(MilterDouble milter, boolean optional, Duration patience) throws Exception {
    try (DaemonDouble daemon = new DaemonDouble(milter)) {
      Endpoint endpoint = daemon.endpoint().withTimeout(patience);
      MilterChecker checker = new MilterChecker(endpoint, "mx.example.org").spool(spool, 1 << 10);
      CheckedHandler.Builder handler =
          CheckedHandler.before(next)
              .quarantine(
                  (peer, sender, to, reason, content) -> {
                    quarantined.add(reason);
                    return new Verdict(250, "2.0.0", "held");
                  });
      if (optional) {
        handler.optionalChecker(checker);
      } else {
        handler.checker(checker);
      }
      return KeepingHandler.send(handler.build(), SmtpRole.MX, MESSAGE, "alice", "bob")
          .get(0)
          .line();
    }
  }

  private KeepingHandler.Kept after(byte[]... changes) throws Exception {
    byte[][] all = new byte[changes.length + 1][];
    System.arraycopy(changes, 0, all, 0, changes.length);
    all[changes.length] = packet('c');
    assertEquals("250 2.0.0 kept", send(new MilterDouble().answer('E', all)));
    return next.kept.remove(0);
  }

  private String headerAfter(byte[]... changes) throws Exception {
    String content = after(changes).content();
    return content.substring(0, content.indexOf("\r\n\r\n") + 2);
  }

  @Test
  void addsAHeaderField() throws Exception {
    assertEquals(HEADER + "X-Added: 1\r\n", headerAfter(packet('h', "X-Added", "1")));
  }

  @Test
  void insertsHeaderFieldsAtTheirPlaces() throws Exception {
    assertEquals("X-First: 1\r\n" + HEADER, headerAfter(packet('i', 0, "X-First", "1")));
    assertEquals(
        HEADER.replace("Subject", "X-Second: 1\r\nSubject"),
        headerAfter(packet('i', 1, "X-Second", "1")));
    assertEquals(HEADER + "X-Last: 1\r\n", headerAfter(packet('i', 99, "X-Last", "1")));
  }

  @Test
  void changesAndRemovesHeaderFields() throws Exception {
    assertEquals(
        HEADER.replace(": no", ": yes"),
        headerAfter(packet('m', 1, "x-spam", "yes")).replace("x-spam", "X-Spam"));
    assertEquals(HEADER.replace("X-Spam: no\r\n", ""), headerAfter(packet('m', 1, "X-Spam", "")));
    assertEquals(HEADER, headerAfter(packet('m', 2, "X-Spam", "")), "there is no second one");
    assertEquals(HEADER + "X-New: 1\r\n", headerAfter(packet('m', 1, "X-New", "1")));
  }

  @Test
  void replacesTheBody() throws Exception {
    byte[] one = "new ".getBytes(StandardCharsets.US_ASCII);
    byte[] two = "body\r\n".getBytes(StandardCharsets.US_ASCII);
    assertEquals(HEADER + "\r\nnew body\r\n", after(packet('b', one), packet('b', two)).content());
  }

  @Test
  void changesTheEnvelope() throws Exception {
    assertEquals(
        List.of("alice@example.org", "bob@example.org", "eve@example.org"),
        after(packet('+', "<eve@example.org>")).recipients());
    assertEquals(
        List.of("alice@example.org", "bob@example.org", "eve@example.org NOTIFY=NEVER"),
        after(packet('2', "<eve@example.org>", "notify=NEVER")).recipients());
    assertEquals(
        List.of("bob@example.org"), after(packet('-', "<alice@example.org>")).recipients());
    assertEquals("x@y.example", after(packet('e', "<x@y.example>")).sender());
    assertEquals("", after(packet('e', "<>", "SIZE=1")).sender());
  }

  @Test
  void quarantinesAndKeepsNothingElse() throws Exception {
    MilterDouble milter = new MilterDouble().answer('E', packet('q', "odd"), packet('c'));
    assertEquals("250 2.0.0 held", send(milter));
    assertEquals(List.of("odd"), quarantined);
    assertEquals(List.of(), next.kept);
  }

  /** The steps at which a milter may speak its last word, and its words. */
  @ParameterizedTest
  @CsvSource({
    "C, r, 550 5.7.1 Command rejected",
    "H, r, 550 5.7.1 Command rejected",
    "M, r, 550 5.7.1 Command rejected",
    "R, r, 550 5.7.1 Command rejected",
    "T, r, 550 5.7.1 Command rejected",
    "L, r, 550 5.7.1 Command rejected",
    "N, r, 550 5.7.1 Command rejected",
    "B, r, 550 5.7.1 Command rejected",
    "E, r, 550 5.7.1 Command rejected",
    "C, t, 451 4.7.1 Try again later",
    "R, t, 451 4.7.1 Try again later",
    "N, t, 451 4.7.1 Try again later",
    "E, t, 451 4.7.1 Try again later",
    "C, 4, 451 4.7.1 Try again later",
    "C, d, 250 2.0.0 OK",
    "M, d, 250 2.0.0 OK",
    "L, d, 250 2.0.0 OK",
    "E, d, 250 2.0.0 OK",
  })
  void refusesDefersOrDiscardsAtAnyStep(char step, char answer, String reply) throws Exception {
    assertEquals(reply, send(new MilterDouble().answer(step, packet(answer))));
    assertEquals(List.of(), next.kept);
  }

  @ParameterizedTest
  @CsvSource({"C", "H", "M", "R", "T", "L", "N", "B", "E"})
  void acceptsAtAnyStepAndAsksNoMore(char step) throws Exception {
    MilterDouble milter = new MilterDouble().answer(step, packet('a'));
    assertEquals("250 2.0.0 kept", send(milter));
    assertEquals(MESSAGE, next.kept.get(0).content());
    String last = milter.steps.get(milter.steps.size() - 2);
    assertEquals(step, last.charAt(0), milter.steps.toString());
  }

  @Test
  void progressKeepsTheConnectionAlive() throws Exception {
    byte[][] many = new byte[50][];
    for (int i = 0; i < many.length - 1; i++) {
      many[i] = packet('p');
    }
    many[many.length - 1] = packet('c');
    assertEquals("250 2.0.0 kept", send(new MilterDouble().answer('E', many)));
  }

  /** SMFIF_*: what a milter did not say that it may do it may not. */
  @Test
  void whatWasNotNegotiatedIsNotDone() throws Exception {
    Map<Integer, byte[]> changes =
        Map.of(
            0x1, packet('h', "A", "b"),
            0x2, packet('b', "x".getBytes(StandardCharsets.US_ASCII)),
            0x4, packet('+', "<eve@example.org>"),
            0x8, packet('-', "<bob@example.org>"),
            0x10, packet('m', 1, "Subject", "b"),
            0x20, packet('q', "odd"),
            0x40, packet('e', "<x@y.example>"),
            0x80, packet('2', "<eve@example.org>", ""));
    for (Map.Entry<Integer, byte[]> change : changes.entrySet()) {
      MilterDouble may =
          new MilterDouble().speaks(6, change.getKey()).answer('E', change.getValue(), packet('c'));
      assertEquals("250", send(may).substring(0, 3));
      MilterDouble mayNot =
          new MilterDouble()
              .speaks(6, 0xff & ~change.getKey())
              .answer('E', change.getValue(), packet('c'));
      assertThrows(StoreException.class, () -> send(mayNot), change.getKey().toString());
    }
    assertEquals(7, next.kept.size());
  }

  @Test
  void olderMiltersAreUnderstoodAndNewerOnesRefused() throws Exception {
    assertEquals("250 2.0.0 kept", send(new MilterDouble().speaks(2, 0x3f)));
    assertThrows(StoreException.class, () -> send(new MilterDouble().speaks(7, 0xff)));
    assertThrows(StoreException.class, () -> send(new MilterDouble().speaks(6, 0x100)));
  }

  /** Whoever must be asked and says nothing makes mail wait; whoever may be asked does not. */
  @ParameterizedTest
  @CsvSource({"C", "M", "R", "L", "B", "E"})
  void aMilterThatFallsSilentIsNotWaitedForLong(char step) throws Exception {
    StoreException e =
        assertThrows(
            StoreException.class, () -> send(new MilterDouble().silentAt(step), false, SHORT));
    assertEquals(StoreException.Code.UNAVAILABLE, e.code());
    assertEquals(List.of(), next.kept);
    assertEquals("250 2.0.0 kept", send(new MilterDouble().silentAt(step), true, SHORT));
    assertEquals(MESSAGE, next.kept.get(0).content());
  }
}
