package org.posthorn.imap.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.imap.collation.Collation;
import org.posthorn.imap.fetch.Mail;
import org.posthorn.imap.fetch.UnreadMailbox;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Mailbox;
import org.posthorn.store.PageLimit;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

@SuppressWarnings("StringConcatToTextBlock") // messages are read more easily line by line
class SortCallTest {
  private static final Map<String, SortKey> KEYS = new HashMap<>(SortKey.STANDARD);

  static {
    KEYS.putAll(SortKey.DISPLAY);
  }

  private Mail mail;

  @BeforeEach
  void fill() throws StoreException {
    mail = new Mail();
    add(
        "2026-01-05T00:00:00Z",
        "From: zoe@example.org\r\nTo: Team: x@example.org;\r\nCc: b@x, a@x\r\n"
            + "Subject: Re: banana\r\nDate: Mon, 5 Jan 2026 10:00:00 +0000\r\n\r\n"
            + "long".repeat(100));
    add(
        "2026-01-04T00:00:00Z",
        "From: =?utf-8?Q?=C3=89mile?= <m@example.org>\r\nTo: =?utf-8?Q?x?= <b@example.org>\r\n"
            + "Subject: =?utf-8?Q?=C3=84pfel?=\r\nDate: Mon, 5 Jan 2026 10:30:00 +0100\r\n\r\n");
    add("2026-01-03T00:00:00Z", "From: emil@example.org\r\nCC: a@x\r\nSubject: APFEL\r\n\r\n1234");
    add("2026-01-02T00:00:00Z", "Subject: [list] banana (fwd)\r\n\r\n" + "mid".repeat(20));
  }

  private void add(String date, String message) throws StoreException {
    AppendSpec spec = AppendSpec.plain().withInternalDate(OffsetDateTime.parse(date));
    mail.add(message.getBytes(StandardCharsets.ISO_8859_1), spec);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ARRIVAL | 4 3 2 1",
        "REVERSE ARRIVAL | 1 2 3 4",
        "SUBJECT | 3 2 1 4", // A, then A with its diaeresis
        "REVERSE SUBJECT | 1 4 2 3",
        "SUBJECT REVERSE ARRIVAL | 3 2 1 4",
        "SUBJECT ARRIVAL | 3 2 4 1",
        "DATE | 4 3 2 1", // without a Date by arrival
        "SIZE | 3 4 2 1",
        "FROM | 4 3 2 1",
        "TO | 3 4 2 1",
        "CC | 2 4 3 1",
        "DISPLAYFROM | 4 3 2 1",
        "DISPLAYTO | 3 4 1 2",
        "TO REVERSE SIZE | 4 3 2 1",
        "CC CC REVERSE CC | 2 4 3 1",
      })
  void keys(String criteria, String order) throws Exception {
    for (int rows = 1; rows <= 5; rows++) {
      assertEquals(order, sort(criteria, Collation.DEFAULT, rows, mail.inbox()));
      assertEquals(order, sort(criteria, Collation.DEFAULT, rows, UnreadMailbox.of(mail.inbox())));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UNICODE_CASEMAP, 3 5 6 1 4 2",
    "ASCII_CASEMAP, 3 1 4 2 5 6",
    "OCTET, 4 2 3 1 5 6",
  })
  void theCollationDecides(Collation collation, String order) throws Exception {
    subjects("b", "C", "a", "B", "\u00c4", "\u00e4");
    assertEquals(order, sort("SUBJECT", collation, 2, mail.inbox()));
  }

  @Test
  void codePointsNotCharsAreOrdered() throws Exception {
    subjects("\ud83d\ude00", "\uff5e", "a\u0001b", "a", "ab");
    assertEquals("4 3 5 2 1", sort("SUBJECT", Collation.DEFAULT, 2, mail.inbox()));
  }

  private void subjects(String... subjects) throws StoreException {
    mail = new Mail();
    for (String subject : subjects) {
      byte[] message = ("Subject: " + subject + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
      mail.add(message, AppendSpec.plain());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"()", "(FOO)", "SIZE", "(SIZE", "(REVERSE)", "(REVERSE REVERSE SIZE)"})
  void refusesWhatAreNoCriteria(String criteria) {
    assertThrows(SyntaxException.class, () -> SortParser.parse(CommandReader.of(criteria), KEYS));
  }

  private String sort(String criteria, Collation collation, int rows, Mailbox mailbox)
      throws StoreException, SyntaxException {
    List<SortCriterion> keys = SortParser.parse(CommandReader.of("(" + criteria + ")"), KEYS);
    List<SortRun> runs = new ArrayList<>();
    UidSet left = mail.view();
    while (!left.isEmpty()) {
      SortKeysCall.Result page =
          new SortKeysCall(mailbox, left, keys, collation, uid -> 0, new PageLimit(rows, 1 << 20))
              .invoke(CallContext.NONE);
      runs.add(page.run());
      left = page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
    }
    return Arrays.stream(new MergeCall(runs).invoke(CallContext.NONE))
        .mapToObj(Long::toString)
        .collect(Collectors.joining(" "));
  }
}
