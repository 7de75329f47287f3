package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.testkit.GeneratedMail;
import org.posthorn.testkit.MailGenerator;

/** What goes in comes out, octet by octet. */
class RoundTripTest {
  private static final int BATCH = 100;
  private static final int GENERATED = 60;
  private static final int RAW = 40;
  private static final int OF_MAILBOXES = 120;

  @TempDir Path folder;

  static Stream<Setup> each() {
    return Setup.each();
  }

  static Stream<Setup> all() {
    return Setup.all();
  }

  @ParameterizedTest
  @MethodSource("each")
  void generatedMail(Setup setup) throws Exception {
    List<Mail> mails =
        new MailGenerator(1)
            .first(GENERATED).stream().map(mail -> Mail.of(mail.name(), mail.octets())).toList();
    try (TestServer server = TestServer.start(setup, folder)) {
      roundTrip(server, mails);
    }
  }

  /**
   * Bare CR, bare LF, NUL and a missing last line end stay as they are; only nothing is refused.
   */
  @ParameterizedTest
  @MethodSource("each")
  void appendedMailOfAnyOctets(Setup setup) throws Exception {
    MailGenerator generator = new MailGenerator(2);
    List<GeneratedMail> mails =
        IntStream.range(0, RAW).mapToObj(generator::raw).filter(mail -> mail.size() > 0).toList();
    try (TestServer server = TestServer.start(setup, folder);
        ImapClient bob = server.imap("bob")) {
      for (GeneratedMail mail : mails) {
        bob.append("INBOX", mail.octets());
      }
      bob.ask("EXAMINE INBOX");
      List<byte[]> bodies = bob.bodies();
      assertEquals(mails.size(), bodies.size());
      for (int i = 0; i < mails.size(); i++) {
        assertArrayEquals(mails.get(i).octets(), bodies.get(i), mails.get(i).name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("each")
  void sampleOfTheCorpus(Setup setup) throws Exception {
    Corpus corpus = corpus();
    List<Mail> mails = new ArrayList<>();
    for (Path file : corpus.difficult()) {
      corpus.read(file, mails::add);
    }
    for (Path file : corpus.mailboxes()) {
      mails.addAll(some(corpus, file, OF_MAILBOXES / corpus.mailboxes().size()));
    }
    try (TestServer server = TestServer.start(setup, folder)) {
      roundTrip(server, mails);
    }
  }

  @Tag("soak")
  @ParameterizedTest
  @MethodSource("all")
  void wholeCorpus(Setup setup) throws Exception {
    Corpus corpus = corpus();
    try (TestServer server = TestServer.start(setup, folder)) {
      for (Path file : corpus.all()) {
        List<Mail> mails = new ArrayList<>();
        corpus.read(file, mails::add);
        roundTrip(server, mails);
      }
    }
  }

  private static Corpus corpus() {
    return Corpus.find()
        .orElseGet(
            () ->
                Assumptions.abort(
                    "the mail corpus is not there: set POSTHORN_CORPUS to its folder"));
  }

  /** Messages at equal distances. */
  private static List<Mail> some(Corpus corpus, Path file, int count) throws IOException {
    List<Mail> all = new ArrayList<>();
    corpus.read(file, all::add);
    int step = Math.max(1, all.size() / count);
    List<Mail> some = new ArrayList<>();
    for (int i = 0; i < all.size(); i += step) {
      some.add(all.get(i));
    }
    return some;
  }

  private static void roundTrip(TestServer server, List<Mail> mails) throws IOException {
    for (int from = 0; from < mails.size(); from += BATCH) {
      List<Mail> batch = mails.subList(from, Math.min(mails.size(), from + BATCH));
      appended(server, batch);
      delivered(server, batch.stream().filter(mail -> !mail.hasNul()).toList());
    }
  }

  private static void appended(TestServer server, List<Mail> mails) throws IOException {
    try (ImapClient bob = server.imap("bob")) {
      for (Mail mail : mails) {
        bob.append("INBOX", mail.octets());
      }
    }
    check(server, "bob", mails, RoundTripTest::assertSame);
  }

  private static void delivered(TestServer server, List<Mail> mails) throws IOException {
    try (SmtpClient smtp = server.smtp()) {
      for (Mail mail : mails) {
        smtp.send(TestServer.ALICE, mail.octets());
      }
    }
    check(server, "alice", mails, RoundTripTest::assertSuffix);
  }

  private interface Comparison {
    void compare(Mail expected, byte[] got, String how);
  }

  /** Fetches all by IMAP, then by POP3, and deletes it. */
  private static void check(TestServer server, String user, List<Mail> mails, Comparison comparison)
      throws IOException {
    try (ImapClient imap = server.imap(user)) {
      imap.ask("EXAMINE INBOX");
      List<byte[]> bodies = mails.isEmpty() ? List.of() : imap.bodies();
      assertEquals(mails.size(), bodies.size());
      for (int i = 0; i < mails.size(); i++) {
        comparison.compare(mails.get(i), bodies.get(i), "FETCH");
      }
    }
    try (Pop3Client pop3 = server.pop3(user)) {
      assertEquals(mails.size(), pop3.count());
      for (int i = 0; i < mails.size(); i++) {
        comparison.compare(mails.get(i), pop3.retrieve(i + 1), "RETR");
        pop3.ask("DELE " + (i + 1));
      }
      pop3.quit();
    }
  }

  private static void assertSame(Mail expected, byte[] got, String how) {
    assertArrayEquals(expected.octets(), got, () -> how + " of " + expected);
  }

  private static boolean endsWith(byte[] whole, byte[] end) {
    int from = whole.length - end.length;
    return from >= 0 && Arrays.equals(whole, from, whole.length, end, 0, end.length);
  }

  /**
   * Before the message there are our own fields only: Return-Path and Received. A Return-Path that
   * it brought along is gone.
   */
  private static void assertSuffix(Mail expected, byte[] got, String how) {
    // A header that ends early in the eyes of a server has such fields in its body.
    byte[] octets =
        endsWith(got, expected.octets()) ? expected.octets() : expected.withoutReturnPath();
    int own = got.length - octets.length;
    assertTrue(own > 0, () -> how + " of " + expected + " gave " + got.length + " octets");
    assertArrayEquals(
        octets, Arrays.copyOfRange(got, own, got.length), () -> how + " of " + expected);
    String fields = new String(got, 0, own, StandardCharsets.US_ASCII);
    assertTrue(
        fields.matches("(?s)Return-Path: <[^\r]*>\r\nReceived: [^\r]*\r\n([ \t][^\r]*\r\n)*"),
        () -> how + " of " + expected + " begins with " + fields);
  }
}
