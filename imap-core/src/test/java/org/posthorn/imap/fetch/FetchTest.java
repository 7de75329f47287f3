package org.posthorn.imap.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

class FetchTest {

  private static final String PLAIN =
      """
      From: "Fred Foobar" <foobar@Blurdybloop.example>
      Subject: afternoon meeting
      To: mooch@owatagu.example
      Message-Id: <B27397-0100000@Blurdybloop.example>

      Hello Joe,
      do you think we can meet?
      """
          .replace("\n", "\r\n");

  private Mail mail;

  @BeforeEach
  void open() throws StoreException {
    mail = new Mail();
  }

  @Test
  void givesTheItemsOfARow() throws Exception {
    AppendSpec spec =
        AppendSpec.plain()
            .withFlags(Flags.of(SystemFlag.FLAGGED).withKeyword("$Junk"))
            .withInternalDate(OffsetDateTime.parse("2026-02-03T04:05:06-07:30"));
    mail.add(PLAIN.getBytes(StandardCharsets.US_ASCII), spec);
    String common =
        "FLAGS (\\Flagged $Junk) INTERNALDATE \" 3-Feb-2026 04:05:06 -0730\" RFC822.SIZE "
            + PLAIN.length();
    assertEquals("* 1 FETCH (" + common + ")\r\n", mail.fetch("FAST"));
    assertEquals("* 1 FETCH (UID 1)\r\n", mail.fetch("UID"));
    assertEquals("* 1 FETCH (UID 1 RFC822.SIZE 196)\r\n", mail.fetch("(uid Rfc822.size UID)"));
    assertTrue(mail.fetch("ALL").startsWith("* 1 FETCH (" + common + " ENVELOPE ("));
    assertTrue(mail.fetch("FULL").contains(" BODY (\"text\" \"plain\" "));
  }

  @Test
  void givesTheEnvelope() throws Exception {
    mail.add(PLAIN);
    String fred = "((\"Fred Foobar\" NIL \"foobar\" \"Blurdybloop.example\"))";
    assertEquals(
        "* 1 FETCH (ENVELOPE (NIL \"afternoon meeting\" "
            + (fred + " " + fred + " " + fred)
            + " ((NIL NIL \"mooch\" \"owatagu.example\")) NIL NIL NIL"
            + " \"<B27397-0100000@Blurdybloop.example>\"))\r\n",
        mail.fetch("ENVELOPE"));
  }

  @Test
  void stringsOfMessagesCannotBreakTheResponse() throws Exception {
    mail.add("Subject: a\"b\\c\r\nTo: A group: x@y, \"q\\\"z\" <z@y>;\r\n\r\n");
    mail.add("Subject: \u00e9\u0000\rx\r\n\r\n");
    String fetched = mail.fetch("ENVELOPE");
    assertTrue(
        fetched.contains(
            "(NIL \"a\\\"b\\\\c\" NIL NIL NIL ((NIL NIL \"A group\" NIL)(NIL NIL \"x\" \"y\")"
                + "(\"q\\\"z\" NIL \"z\" \"y\")(NIL NIL NIL NIL)) NIL NIL NIL NIL)"),
        fetched);
    assertTrue(fetched.contains("(NIL {2}\r\n\u00e9x NIL"), fetched);
  }

  @Test
  void givesTheStructure() throws Exception {
    mail.add(
        """
        Content-Type: multipart/mixed; boundary=b
        Content-Language: de, en

        --b

        one
        two
        --b
        Content-Type: application/x-thing; name="a b"
        Content-Transfer-Encoding: base64
        Content-Disposition: attachment; filename=f
        Content-ID: <i>
        Content-Description: d
        Content-MD5: Q2hlY2s=
        Content-Location: http://l/

        AAAA
        --b
        Content-Type: message/rfc822

        Subject: in

        x
        --b--
        """
            .replace("\n", "\r\n"));
    assertEquals(
        "* 1 FETCH (BODYSTRUCTURE ((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\""
            + " 8 1 NIL NIL NIL NIL)(\"application\" \"x-thing\" (\"name\" \"a b\") \"<i>\" \"d\""
            + " \"base64\" 4 \"Q2hlY2s=\" (\"attachment\" (\"filename\" \"f\")) NIL"
            + " \"http://l/\")(\"message\" \"rfc822\" NIL NIL NIL \"7BIT\" 16 (NIL \"in\" NIL NIL"
            + " NIL NIL NIL NIL NIL NIL) (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL"
            + " \"7BIT\" 1 0 NIL NIL NIL NIL) 2 NIL NIL NIL NIL) \"mixed\" (\"boundary\" \"b\") NIL"
            + " (\"de\" \"en\") NIL))\r\n",
        mail.fetch("BODYSTRUCTURE"));
    assertEquals(
        "* 1 FETCH (BODY ("
            + "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\" 8 1)"
            + "(\"application\" \"x-thing\" (\"name\" \"a b\") \"<i>\" \"d\" \"base64\" 4)"
            + "(\"message\" \"rfc822\" NIL NIL NIL \"7BIT\" 16"
            + " (NIL \"in\" NIL NIL NIL NIL NIL NIL NIL NIL)"
            + " (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\" 1 0) 2)"
            + " \"mixed\"))\r\n",
        mail.fetch("BODY"));
  }

  /** Three more fields would confuse clients of RFC 3501. */
  @Test
  void onlyMessageRfc822ShowsTheMessageInIt() throws Exception {
    mail.add("Content-Type: message/global\r\n\r\nSubject: in\r\n\r\nx");
    assertEquals(
        "* 1 FETCH (BODY (\"message\" \"global\" NIL NIL NIL \"7BIT\" 16))\r\n",
        mail.fetch("BODY"));
  }

  @ParameterizedTest
  @CsvSource({
    "BODY.PEEK[], BODY[], A: 1XB: 2XXbodyX",
    "body.peek[header], BODY[HEADER], A: 1XB: 2XX",
    "BODY.PEEK[TEXT], BODY[TEXT], bodyX",
    "BODY.PEEK[1], BODY[1], bodyX",
    "BODY.PEEK[1.MIME], BODY[1.MIME], A: 1XB: 2XX",
    "BODY.PEEK[HEADER.FIELDS (b x)], BODY[HEADER.FIELDS (b x)], B: 2XX",
    "BODY.PEEK[HEADER.FIELDS.NOT (b)], BODY[HEADER.FIELDS.NOT (b)], A: 1XX",
    "BODY.PEEK[HEADER.FIELDS (x)], BODY[HEADER.FIELDS (x)], X",
    "BODY.PEEK[]<2.4>, BODY[]<2>, ' 1X'",
    "BODY.PEEK[]<18.100>, BODY[]<18>, X",
    "BODY.PEEK[]<100.1>, BODY[]<100>, ''",
    "RFC822.HEADER, RFC822.HEADER, A: 1XB: 2XX",
  })
  void givesSections(String item, String name, String octets) throws Exception {
    mail.add("A: 1\r\nB: 2\r\n\r\nbody\r\n");
    String literal = octets.replace("X", "\r\n");
    assertEquals(
        "* 1 FETCH (" + name + " {" + literal.length() + "}\r\n" + literal + ")\r\n",
        mail.fetch(item));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "1.1", "1.TEXT", "1.HEADER", "2.MIME", "4294967295"})
  void aPartThatIsNotThereIsNil(String section) throws Exception {
    mail.add(PLAIN);
    assertEquals(
        "* 1 FETCH (BODY[" + section + "] NIL)\r\n", mail.fetch("BODY.PEEK[" + section + "]"));
  }

  @Test
  void noBlankLineIsMadeUpWhereNothingFollows() throws Exception {
    mail.add("A: 1\r\nB: 2\r\n");
    assertEquals(
        "* 1 FETCH (BODY[HEADER.FIELDS (B)] {6}\r\nB: 2\r\n)\r\n",
        mail.fetch("BODY.PEEK[HEADER.FIELDS (B)]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BODY[]", "RFC822", "RFC822.TEXT", "BODY[TEXT]", "(BODY[1] FLAGS)"})
  void readingMarksAsSeenAndSaysSo(String item) throws Exception {
    mail.add(PLAIN).add(PLAIN);
    mail.inbox()
        .storeFlags(UidSet.of(2), FlagChange.add(Flags.of(SystemFlag.SEEN)), OptionalLong.empty());
    String fetched = mail.fetch(item);
    List<String> responses = List.of(fetched.split("(?=\\* \\d FETCH)"));
    assertTrue(responses.get(0).contains(" FLAGS (\\Seen))\r\n"), fetched);
    assertEquals(item.contains("FLAGS"), responses.get(1).contains("FLAGS"), fetched);
    assertTrue(mail.fetch("FLAGS").contains("* 1 FETCH (FLAGS (\\Seen))"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BODY.PEEK[]", "RFC822.HEADER", "BODY", "FULL"})
  void peekingDoesNot(String item) throws Exception {
    mail.add(PLAIN);
    mail.fetch(item);
    assertEquals("* 1 FETCH (FLAGS ())\r\n", mail.fetch("FLAGS"));
  }

  @Test
  void largeSectionsAreStreamed() throws Exception {
    String large = PLAIN + "0123456789abcdef".repeat(100_000);
    mail.add(large).add(PLAIN).add(large);
    assertEquals(
        "* 1 FETCH (BODY[] {%d}\r\n%s UID 1)\r\n".formatted(large.length(), large)
            + "* 2 FETCH (BODY[] {%d}\r\n%s UID 2)\r\n".formatted(PLAIN.length(), PLAIN)
            + "* 3 FETCH (BODY[] {%d}\r\n%s UID 3)\r\n".formatted(large.length(), large),
        mail.fetch("(BODY.PEEK[] UID)"));
  }

  @Test
  void pagesAreBounded() throws Exception {
    StringBuilder expected = new StringBuilder();
    for (int i = 1; i <= 20; i++) {
      mail.add(PLAIN);
      expected.append("* ").append(i).append(" FETCH (UID ").append(i).append(")\r\n");
    }
    assertEquals(expected.toString(), mail.fetch("UID", 1));
    FetchProgram body = FetchParser.parse(CommandReader.of("BODY[]"), StandardItems.KEYWORDS);
    FetchPage page =
        new FetchCall(
                mail.inbox(), body, FetchView.of(mail.view(), UidSet.EMPTY), mail.view(), true, 600)
            .invoke(CallContext.NONE);
    assertEquals(4, page.next());
    assertEquals(UidSet.range(1, 3), page.seen(), "only what was given away is seen");
  }

  @Test
  void tellsOfMessagesThatAreGone() throws Exception {
    mail.add(PLAIN).add(PLAIN).add(PLAIN);
    UidSet view = mail.view();
    mail.inbox().remove(UidSet.of(2));
    FetchProgram program = FetchParser.parse(CommandReader.of("FLAGS"), StandardItems.KEYWORDS);
    FetchPage page =
        new FetchCall(mail.inbox(), program, FetchView.of(view, UidSet.of(3)), view, true, 1_000)
            .invoke(CallContext.NONE);
    assertEquals(UidSet.of(2), page.gone());
    FetchOutput.Bytes bytes = (FetchOutput.Bytes) page.output().get(0);
    assertEquals(
        "* 1 FETCH (FLAGS ())\r\n* 3 FETCH (FLAGS (\\Recent))\r\n",
        StandardCharsets.US_ASCII.decode(bytes.octets()).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "()",
        "(FLAGS",
        "FOO",
        "(ALL)",
        "BODY[",
        "BODY[]<1>",
        "BODY[]<1.0>",
        "BODY[MIME]",
        "BODY[1.]",
        "BODY[0]",
        "BODY[1.FOO]",
        "BODY[HEADER.FIELDS]",
        "BODY[HEADER.FIELDS ()]",
        "BODY.PEEK",
        "BODY[TEXT.1]",
        "(FLAGS  UID)",
        "BODY[1..2]",
        "RFC822.PEEK",
        "BODY[]<-1.5>",
      })
  void refusesWhatIsNoFetch(String items) {
    assertThrows(
        SyntaxException.class,
        () -> {
          CommandReader in = CommandReader.of(items);
          FetchParser.parse(in, StandardItems.KEYWORDS);
          in.expectEnd();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENVELOPE", "BODY.PEEK[HEADER]", "(FLAGS BODY.PEEK[TEXT] UID)"})
  void aMissingIndexIsMadeAndGivenToTheStore(String items) throws Exception {
    mail.add(PLAIN).add(PLAIN).add(PLAIN);
    FailingMailbox failing = new FailingMailbox(mail.inbox());
    failing.goneUid = 2;
    FetchPage page = fetch(failing, items);
    assertEquals(Set.of(1L, 3L), failing.renewed.keySet());
    assertEquals(UidSet.of(2), page.gone());
    StringBuilder text = new StringBuilder();
    for (FetchOutput.Piece piece : page.output()) {
      text.append(Mail.text(piece));
    }
    String expected = mail.fetch(items).replaceAll("(?s)\\* 2 FETCH.*(?=\\* 3 FETCH)", "");
    assertEquals(expected, text.toString());
  }

  @Test
  void mailCanBeReadWhereTheIndexCannotBeKept() throws Exception {
    mail.add(PLAIN);
    FailingMailbox failing = new FailingMailbox(mail.inbox());
    failing.renewalFails = true;
    failing.renewalFailure = StoreException.Code.NO_SPACE;
    assertEquals(UidSet.EMPTY, fetch(failing, "ENVELOPE").gone());
    failing.renewalFailure = StoreException.Code.FAULT;
    assertThrows(StoreException.class, () -> fetch(failing, "ENVELOPE"));
  }

  private FetchPage fetch(FailingMailbox failing, String items) throws Exception {
    FetchProgram program = FetchParser.parse(CommandReader.of(items), StandardItems.KEYWORDS);
    UidSet view = mail.view();
    return new FetchCall(
            failing.mailbox(), program, FetchView.of(view, UidSet.EMPTY), view, true, 100_000)
        .invoke(CallContext.NONE);
  }

  @Test
  void uidFetchAlwaysGivesTheUid() throws Exception {
    FetchProgram flags = FetchParser.parse(CommandReader.of("FLAGS"), StandardItems.KEYWORDS);
    assertEquals(List.of(RowItem.UID, RowItem.FLAGS), flags.withUid().list());
    FetchProgram both = FetchParser.parse(CommandReader.of("(FLAGS UID)"), StandardItems.KEYWORDS);
    assertEquals(List.of(RowItem.FLAGS, RowItem.UID), both.withUid().list());
    assertFalse(flags.marksSeen());
  }
}
