package org.posthorn.imap.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.protocol.CallContext.NONE;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.imap.fetch.Mail;
import org.posthorn.imap.fetch.UnreadMailbox;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.imap.wire.Words;
import org.posthorn.mime.Octets;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Flags;
import org.posthorn.store.PageLimit;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

@SuppressWarnings("StringConcatToTextBlock") // messages are read more easily line by line
class SearchTest {
  private static final Words<SearchKeyword> KEYWORDS = new Words<>(StandardKeys.KEYWORDS);

  private Mail mail;

  @BeforeEach
  void fill() throws StoreException {
    mail = new Mail();
    add(
        Flags.of(SystemFlag.SEEN, SystemFlag.ANSWERED),
        "2026-01-10T23:30:00-05:00",
        "From: Ann Smith <ann@example.org>\r\nTo: bob@example.org\r\n"
            + "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_aus?= =?utf-8?Q?_Wien?=\r\n"
            + "Date: Sat, 10 Jan 2026 23:30:00 -0500\r\n\r\nHello world\r\n");
    add(
        Flags.of(SystemFlag.FLAGGED).withKeyword("$Work"),
        "2026-02-01T00:00:00Z",
        "From: bob@example.org\r\nCc: carl@example.org\r\nBcc: dora@example.org\r\n"
            + "Subject: second\r\nX-Empty:\r\nX-Long: folded\r\n over lines\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\nSGlkZGVuIHRy\r\nZWFzdXJl\r\n");
    add(
        Flags.of(SystemFlag.DELETED, SystemFlag.DRAFT),
        "2026-02-02T00:00:00Z",
        "From: eve@example.org\r\nSubject: multi\r\nDate: nonsense\r\n"
            + "Content-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n--b\r\n"
            + "Content-Type: text/plain; charset=iso-8859-1\r\n"
            + "Content-Transfer-Encoding: quoted-printable\r\n\r\ncaf=E9 so=\r\nft\r\n--b\r\n"
            + "Content-Type: application/pdf; name=secret.pdf\r\n\r\nbinary\r\n--b\r\n"
            + "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninside\r\n--b--\r\n");
  }

  private void add(Flags flags, String date, String message) throws StoreException {
    AppendSpec spec =
        AppendSpec.plain().withFlags(flags).withInternalDate(OffsetDateTime.parse(date));
    mail.add(message.getBytes(StandardCharsets.UTF_8), spec);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALL | 1:3",
        "SEEN | 1",
        "UNSEEN | 2:3",
        "ANSWERED | 1",
        "UNANSWERED | 2:3",
        "FLAGGED | 2",
        "UNFLAGGED | 1,3",
        "DELETED | 3",
        "UNDELETED | 1:2",
        "DRAFT | 3",
        "UNDRAFT | 1:2",
        "KEYWORD $work | 2",
        "UNKEYWORD $Work | 1,3",
        "RECENT | 3",
        "NEW | 3",
        "OLD | 1:2",
        "1 | 1",
        "2:* | 2:3",
        "*:2 | 2:3",
        "5:* | 3",
        "9 | ",
        "UID 1,3 | 1,3",
        "UID 7:* | 3",
        "NOT 1 | 2:3",
        "OR 1 SEEN | 1",
        "OR (FLAGGED 1) DELETED | 3",
        "(1:2 (SEEN)) | 1",
        "NOT NOT 2 | 2",
        "BEFORE 11-Jan-2026 | 1",
        "ON \"10-Jan-2026\" | 1",
        "ON 11-Jan-2026 | ",
        "SINCE 1-Feb-2026 | 2:3",
        "SENTON 10-jan-2026 | 1",
        "SENTBEFORE 11-Jan-2026 | 1",
        "SENTSINCE 10-Jan-2026 | 1",
        "SENTSINCE 11-Jan-2026 | ",
        "LARGER 5 SMALLER 1000000 | 1:3",
        "SMALLER 10 | ",
        "LARGER 100000 | ",
        "FROM ann | 1",
        "FROM \"smith <ANN\" | 1",
        "FROM nobody | ",
        "TO bob | 1",
        "CC carl | 2",
        "BCC dora | 2",
        "SUBJECT second | 2",
        "SUBJECT \"GR\u00dc\" | 1",
        "SUBJECT \"aus Wien\" | 1",
        "CHARSET UTF-8 SUBJECT \"gr\u00fc\u00dfe\" | 1",
        "SUBJECT \"\" | 1:3",
        "HEADER X-Empty \"\" | 2",
        "HEADER X-None \"\" | ",
        "HEADER x-long \"folded over\" | 2",
        "BODY \"hello WORLD\" | 1",
        "BODY \"hidden treasure\" | 2",
        "BODY \"CAF\u00c9 soft\" | 3",
        "BODY inside | 3",
        "BODY binary | ",
        "BODY second | ",
        "BODY \"\" | 1:3",
        "TEXT second | 2",
        "TEXT \"subject: second\" | 2",
        "TEXT treasure | 2",
        "TEXT secret.pdf | 3",
        "TEXT inner | 3",
        "OR BODY world BODY treasure | 1:2",
        "BODY caf NOT TEXT zebra | 3",
      })
  void findsWhatItShould(String criteria, String found) throws Exception {
    assertEquals(found == null ? "" : found, search(criteria).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "FOO",
        "NOT",
        "OR 1",
        "()",
        "(1",
        "1)",
        "1 ",
        "KEYWORD",
        "KEYWORD \\Seen",
        "BODY",
        "SINCE yesterday",
        "SINCE 31-Feb-2026",
        "LARGER x",
        "UID",
        "0",
        "1:",
        "HEADER a",
        "CHARSET",
        "CHARSET UTF-8",
        "ALL CHARSET UTF-8",
        "NOTSEEN",
        "SEEN(1)",
      })
  void refusesWhatIsNoSearch(String criteria) {
    assertThrows(SyntaxException.class, () -> parse(criteria, SearchLimits.DEFAULTS));
  }

  @Test
  void readsStringsInTheirCharset() throws Exception {
    byte[] latin1 =
        "CHARSET ISO-8859-1 BODY {4}\r\ncaf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
    CommandReader in = new CommandReader(latin1, 0, latin1.length);
    SearchProgram program = SearchParser.parse(in, KEYWORDS, SearchLimits.DEFAULTS);
    assertEquals(UidSet.of(3), run(program));
  }

  @Test
  void refusesAnUnknownCharset() {
    SearchRefused refused =
        assertThrows(
            SearchRefused.class, () -> parse("CHARSET X-Klingon ALL", SearchLimits.DEFAULTS));
    assertEquals(SearchRefused.Reason.BAD_CHARSET, refused.reason());
    Octets broken = Octets.of(new byte[] {'B', 'O', 'D', 'Y', ' ', '"', (byte) 0xe9, '"'});
    CommandReader in = new CommandReader(broken.toByteArray(), 0, broken.length());
    refused =
        assertThrows(
            SearchRefused.class, () -> SearchParser.parse(in, KEYWORDS, SearchLimits.DEFAULTS));
    assertEquals(SearchRefused.Reason.BAD_CHARSET, refused.reason());
  }

  @Test
  void limitsAreKept() throws Exception {
    SearchLimits limits = SearchLimits.DEFAULTS.withProgram(10, 5, 2);
    parse("1 2 3 4 5 6 7 8 9 10", limits);
    assertLimit("1 2 3 4 5 6 7 8 9 10 11", limits);
    parse("NOT NOT NOT NOT 1", limits);
    assertLimit("NOT NOT NOT NOT NOT 1", limits);
    assertLimit("((((((1))))))", limits);
    parse("TEXT a BODY b", limits);
    assertLimit("TEXT a BODY b BODY c", limits);
    assertLimit("OR ".repeat(30_000) + "1", SearchLimits.DEFAULTS);
    int deep = SearchLimits.DEFAULTS.depth() - 1;
    assertEquals(3, run(parse("OR 1 ".repeat(deep) + "ALL", SearchLimits.DEFAULTS)).size());
  }

  private static void assertLimit(String criteria, SearchLimits limits) {
    SearchRefused refused = assertThrows(SearchRefused.class, () -> parse(criteria, limits));
    assertEquals(SearchRefused.Reason.LIMIT, refused.reason());
  }

  @Test
  void goesOnWhereItsTimeWasOver() throws Exception {
    SearchProgram program = parse("ALL", SearchLimits.DEFAULTS).in(view());
    SearchCall first =
        new SearchCall(mail.inbox(), program, mail.view(), new PageLimit(2, 1000), 0);
    SearchPage page = first.invoke(NONE);
    assertEquals(UidSet.of(1), page.matches());
    assertEquals(2, page.next());
    assertTrue(page.highestModSeq() > 0);
  }

  @Test
  void onlyNamedMessagesAreLookedAt() throws Exception {
    SearchProgram program = parse("2:3 UID 1:2 SEEN", SearchLimits.DEFAULTS).in(view());
    assertEquals(UidSet.of(2), program.candidates(mail.view()));
  }

  @Test
  void anIndexIsAskedForTextsThatEveryResultMustHave() throws Exception {
    List<String> asked = new ArrayList<>();
    SearchIndex index =
        (mailbox, among, scope, needle) -> {
          asked.add(scope + " " + needle);
          return among.intersect(UidSet.range(2, 3));
        };
    SearchProgram program = parse("1:2 BODY hello TEXT x BODY \"\" SEEN", SearchLimits.DEFAULTS);
    assertEquals(UidSet.of(2), program.in(view()).narrowed(index, mail.inbox(), mail.view()));
    assertEquals(Set.of("BODY hello", "TEXT x"), Set.copyOf(asked));
    assertTrue(parse("TEXT x", SearchLimits.DEFAULTS).looksForText());
    for (String criteria : List.of("OR BODY a SEEN", "NOT BODY a", "SUBJECT a", "ALL")) {
      assertFalse(parse(criteria, SearchLimits.DEFAULTS).looksForText(), criteria);
    }
  }

  @Test
  void messagesThatVanishAreNoResult() throws Exception {
    UidSet view = mail.view();
    SearchProgram program = parse("TEXT example", SearchLimits.DEFAULTS).in(view());
    mail.inbox().remove(UidSet.of(2));
    SearchPage page = new SearchCall(mail.inbox(), program, view).invoke(NONE);
    assertEquals(UidSet.of(1, 3), page.matches());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM ann",
        "OR TO bob CC carl",
        "BCC nobody",
        "SUBJECT \"\"",
        "SUBJECT wien",
        "SENTBEFORE 1-Jan-2027",
        "HEADER Message-ID <1@example.org>",
        "HEADER In-Reply-To x",
        "HEADER References x",
        "HEADER Subject second",
        "HEADER X-None \"\"",
        "LARGER 10 SINCE 1-Jan-2026",
      })
  void whatTheIndexTellsIsNotReadFromTheMessage(String criteria) throws Exception {
    SearchProgram program = parse(criteria, SearchLimits.DEFAULTS).in(view());
    UidSet read = new SearchCall(mail.inbox(), program, mail.view()).invoke(NONE).matches();
    SearchCall unread = new SearchCall(UnreadMailbox.of(mail.inbox()), program, mail.view());
    assertEquals(read, unread.invoke(NONE).matches());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FROM \"Hubert, J\u00f6rg\" | 4",
        "FROM \"j\u00f6rg <j@\" | 4",
        "HEADER FROM \"(comment\" | 4",
        "FROM comment | ",
        "TO \"Team: a@example.org, B <b@example.org>;\" | 4",
        "CC \"undisclosed: ;\" | 4",
        "SUBJECT first | 4",
        "SUBJECT later | ",
        "HEADER SUBJECT later | 4",
        "HEADER SENDER real | 4",
        "SUBJECT \"\u65e5\u672c\" | 5",
        "SUBJECT \"\u041f\u0440\u0438\u0432\u0435\u0442\" | 5",
        "BODY \"\u4f60\u597d\" | 5",
      })
  void addressesAndTextsAreSearchedAsPeopleReadThem(String criteria, String found)
      throws Exception {
    mail.add(
        "From: \"Hubert, =?utf-8?Q?J=C3=B6rg?=\" <j@example.org> (comment)\r\n"
            + "Sender: real@example.org\r\n"
            + "To: Team: a@example.org, B <b@example.org>;\r\nCc: undisclosed:;\r\n"
            + "Subject: first\r\nSubject: later\r\n\r\n");
    mail.add(
        "Subject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?= =?koi8-r?B?8NLJ18XU?=\r\n"
            + "Content-Type: text/plain; charset=gb18030\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\nxOO6ww==\r\n");
    assertEquals(found == null ? "" : found, search(criteria).toString());
  }

  @Test
  void aLongBodyIsSearchedInSlices() throws Exception {
    String line = "0123456789 abcdefghijklmnopqrstuvwxyz\r\n";
    mail.add("Subject: long\r\n\r\n" + line.repeat(50_000) + "the end\r\n");
    assertEquals(UidSet.of(4), search("BODY \"xyz\r\nthe end\""));
    assertEquals(UidSet.EMPTY, search("BODY \"xyz\r\nthe middle\""));
  }

  private UidSet search(String criteria) throws Exception {
    String literals = criteria;
    int lineEnd = criteria.indexOf('\r');
    if (lineEnd > 0) {
      int quote = criteria.indexOf('"');
      String text = criteria.substring(quote + 1, criteria.length() - 1);
      literals = criteria.substring(0, quote) + "{" + text.length() + "}\r\n" + text;
    }
    return run(parse(literals, SearchLimits.DEFAULTS));
  }

  private static SearchProgram parse(String criteria, SearchLimits limits)
      throws SyntaxException, SearchRefused {
    return SearchParser.parse(CommandReader.of(criteria), KEYWORDS, limits);
  }

  private UidSet run(SearchProgram program) throws StoreException {
    return new SearchCall(
            mail.inbox(), program.in(view()), mail.view(), PageLimit.DEFAULT, Long.MAX_VALUE)
        .invoke(NONE)
        .matches();
  }

  private SearchView view() throws StoreException {
    return SearchView.of(mail.view(), UidSet.of(3), UidSet.EMPTY, Instant.EPOCH);
  }
}
