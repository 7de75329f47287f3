package org.posthorn.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** POP3 servers that know little, refuse much, or go away. */
class OddServersTest {
  private static final String A = "Subject: a\r\n\r\none\r\n";
  private static final String B = "Subject: b\r\n\r\ntwo\r\n";
  private static final String C = "Subject: c\r\n\r\nthree\r\n";

  @TempDir Path folder;
  private final List<String> arrived = new ArrayList<>();
  private SeenMessages seen;

  @BeforeEach
  void open() throws StoreException {
    seen = FileSeenMessages.in(folder.resolve("seen"));
  }

  @AfterEach
  void close() throws StoreException {
    seen.close();
  }

  private Collected collect(OddPop3Server server) throws Exception {
    Source source =
        Source.pop3s("x", "out", "pw", Address.parse("alice@own.example"))
            .at("127.0.0.1", server.port(), Security.NONE);
    return new Collector(new Keeping(), seen).collect(source);
  }

  @Test
  void withoutUidlAllComeOnceEvenThoseThatAreAlike() throws Exception {
    try (OddPop3Server server = new OddPop3Server(A, B, A).refusing("UIDL").refusing("TOP")) {
      assertEquals(new Collected(3, 3, 0, List.of()), collect(server));
      assertEquals(List.of(A, B, A), arrived);
      assertEquals(List.of(), server.messages);
      server.messages.add(A);
      assertEquals(new Collected(1, 1, 0, List.of()), collect(server));
      assertEquals(4, arrived.size());
    }
  }

  @Test
  void withoutUidlNothingComesTwiceWhenTheConnectionBreaks() throws Exception {
    try (OddPop3Server server = new OddPop3Server(A, B).refusing("UIDL")) {
      server.hangUpAt("DELE 2");
      assertThrows(IOException.class, () -> collect(server));
      assertEquals(List.of(A, B), server.messages, "QUIT was not said");
      server.hangUpAt("");
      assertEquals(new Collected(0, 2, 0, List.of()), collect(server));
      assertEquals(List.of(A, B), arrived);
      assertEquals(List.of(), server.messages);
    }
  }

  @Test
  void whatIsNotDeletedOrGivenKeepsNobodyFromTheNext() throws Exception {
    try (OddPop3Server server = new OddPop3Server(A, B, C)) {
      server.refusing("DELE 1").refusing("RETR 2");
      assertEquals(
          new Collected(
              2, 1, 0, List.of("DELE refused: -ERR not here", "RETR refused: -ERR not here")),
          collect(server));
      assertEquals(List.of(A, C), arrived);
      assertEquals(List.of(A, B), server.messages);
      server.refusingNothing();
      assertEquals(new Collected(1, 2, 0, List.of()), collect(server));
      assertEquals(List.of(A, C, B), arrived);
      assertEquals(List.of(), server.messages);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "USER", "PASS", "STAT", "LIST", "UIDL", "RETR 1", "RETR 2", "NOOP", "DELE 1", "DELE 2",
        "QUIT"
      })
  void aConnectionThatBreaksAnywhereLosesNothing(String command) throws Exception {
    try (OddPop3Server server = new OddPop3Server(A, B)) {
      server.hangUpAt(command);
      assertThrows(IOException.class, () -> collect(server));
      assertEquals(List.of(A, B), server.messages);
      server.hangUpAt("");
      assertEquals(2, collect(server).deleted());
      assertEquals(List.of(), server.messages);
      assertEquals(List.of(A, B), arrived);
    }
  }

  @Test
  void anEmptyMailboxMayRefuseToBeListed() throws Exception {
    try (OddPop3Server server = new OddPop3Server().refusing("LIST").refusing("UIDL")) {
      assertEquals(new Collected(0, 0, 0, List.of()), collect(server));
    }
  }

  @Test
  void whatIsTooBigIsNotReadForItsName() throws Exception {
    String big = "Subject: big\r\n\r\n" + "x".repeat(100) + "\r\n";
    try (OddPop3Server server = new OddPop3Server(big, A).refusing("UIDL").refusing("RETR 1")) {
      Source source =
          Source.pop3s("x", "out", "pw", Address.parse("alice@own.example"))
              .at("127.0.0.1", server.port(), Security.NONE)
              .withOctets(50);
      assertEquals(
          new Collected(1, 1, 1, List.of()), new Collector(new Keeping(), seen).collect(source));
      assertEquals(List.of(big), server.messages);
    }
  }

  private final class Keeping implements MailHandler, Transaction, MessageSink {
    private final StringBuilder content = new StringBuilder();

    @Override
    public Transaction begin(SmtpPeer peer) {
      return new Keeping();
    }

    @Override
    public Verdict from(ReversePath sender, MailParameters parameters) {
      return Verdict.OK;
    }

    @Override
    public List<Verdict> recipients(List<Recipient> recipients) {
      return recipients.stream().map(recipient -> Verdict.OK).toList();
    }

    @Override
    public MessageSink body(BodyKind kind, OptionalLong declared) {
      return this;
    }

    @Override
    public void write(ByteBuffer chunk) {
      content.append(StandardCharsets.ISO_8859_1.decode(chunk));
    }

    @Override
    public List<Verdict> finish() {
      arrived.add(content.toString());
      return List.of(Verdict.OK);
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
  }
}
