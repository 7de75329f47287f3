package org.posthorn.imap.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.CallContext;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** A store may give octets along with a row; the answers are the same. */
class RowsWithOctetsTest {
  private static final String MESSAGE =
      "From: a@b\r\nSubject: x\r\nDate: now\r\n\r\nOne line,\r\nand another.\r\n";

  private final Mail mail = mail();

  private static Mail mail() {
    try {
      return new Mail().add(MESSAGE).add("Subject: no body");
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  /** Gives so many octets with each row where any are asked for. */
  private Mailbox giving(int most, Mailbox behind) {
    return (Mailbox)
        Proxy.newProxyInstance(
            Mailbox.class.getClassLoader(),
            new Class<?>[] {Mailbox.class},
            (proxy, method, arguments) ->
                method.getName().equals("list")
                    ? given((UidSet) arguments[0], (Set<?>) arguments[2], most)
                    : method.invoke(behind, arguments));
  }

  private Page given(UidSet uids, Set<?> items, int most) throws StoreException {
    Page page = mail.inbox().list(uids, PageLimit.DEFAULT, Set.of(Item.INDEX));
    boolean wanted = items.contains(Item.HEADER) || items.contains(Item.OCTETS);
    return new Page(
        page.rows().stream().map(row -> wanted ? withStart(row, most) : row).toList(), 0);
  }

  private Row withStart(Row row, int most) {
    try (MessageContent content = mail.inbox().content(row.uid())) {
      ByteBuffer octets = ByteBuffer.allocate((int) content.size());
      content.read(0, octets);
      byte[] start = Arrays.copyOf(octets.array(), Math.min(most, octets.position()));
      return new Row(
          row.uid(),
          row.modSeq(),
          row.flags(),
          row.size(),
          row.internalDate(),
          row.saveDate(),
          row.emailId(),
          row.threadId(),
          row.index(),
          Octets.of(start));
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  private String fetch(Mailbox mailbox, String items) throws Exception {
    FetchProgram program = FetchParser.parse(CommandReader.of(items), StandardItems.KEYWORDS);
    UidSet view = mail.view();
    FetchView seen = FetchView.of(view, UidSet.EMPTY);
    FetchPage page =
        new FetchCall(mailbox, program, seen, view, false, FetchCall.DEFAULT_OCTETS)
            .invoke(CallContext.NONE);
    StringBuilder text = new StringBuilder();
    for (FetchOutput.Piece piece : page.output()) {
      text.append(Mail.text(piece));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BODY.PEEK[]",
        "BODY.PEEK[]<3.40>",
        "BODY.PEEK[TEXT]",
        "BODY.PEEK[HEADER]",
        "BODY.PEEK[HEADER.FIELDS (SUBJECT FROM)]",
        "BODY.PEEK[HEADER.FIELDS.NOT (SUBJECT)]",
        "BODY.PEEK[1]",
        "(BODY.PEEK[HEADER] BODY.PEEK[TEXT])"
      })
  void theAnswersAreThoseOfTheContent(String items) throws Exception {
    String expected = fetch(mail.inbox(), items);
    assertEquals(expected, fetch(giving(1_000, UnreadMailbox.of(mail.inbox())), items));
    for (int most : new int[] {0, 1, 10, 35, 50}) {
      assertEquals(expected, fetch(giving(most, mail.inbox()), items), most + " octets given");
    }
  }
}
