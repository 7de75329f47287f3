package org.posthorn.imap.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.imap.collation.Collation;
import org.posthorn.imap.sort.BaseSubject;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.CallContext;
import org.posthorn.store.StoreException;

class ThreadTest {

  /** Messages as {@code id<reference<reference@sent subject}, separated by bars. */
  private static ThreadTable table(String messages) {
    List<ThreadKeys> keys = new ArrayList<>();
    for (String line : messages.split("\\|", -1)) {
      String message = line.strip();
      int at = message.indexOf('@');
      int space = message.indexOf(' ', at);
      String[] ids = message.substring(0, at).split("<", -1);
      List<Octets> references = new ArrayList<>();
      for (int i = ids.length - 1; i > 0; i--) {
        references.add(Octets.ascii(ids[i]));
      }
      BaseSubject subject = BaseSubject.of(space < 0 ? "" : message.substring(space + 1));
      String sent = space < 0 ? message.substring(at + 1) : message.substring(at + 1, space);
      keys.add(
          new ThreadKeys(
              keys.size() + 1,
              Long.parseLong(sent),
              100 - keys.size(),
              Collation.DEFAULT.fold(subject.text()),
              subject.replyOrForward(),
              ids[0].isEmpty() ? null : Octets.ascii(ids[0]),
              references));
    }
    ThreadTable table = new ThreadTable();
    table.add(keys);
    return table;
  }

  private static String threads(ThreadAlgorithm algorithm, String messages) throws StoreException {
    return write(new ThreadCall(algorithm, table(messages), 1_000_000).invoke(CallContext.NONE));
  }

  private static String write(List<ThreadNode> threads) {
    ResponseEncoder out = new ResponseEncoder();
    ThreadWriter writer = new ThreadWriter(out, threads, uid -> uid);
    while (writer.writeSome()) {
      // Goes on.
    }
    StringBuilder text = new StringBuilder();
    out.drainTo(octets -> text.append(StandardCharsets.US_ASCII.decode(octets)));
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a@1 x; (1)",
        "a@1 x | b<a@2 Re: x; (1 2)",
        "a@1 x | b<a@2 Re: x | c<b<a@3 Re: x; (1 2 3)",
        "a@1 | b<a@3 | c<a@2; (1 (3)(2))",
        "b<a@2 | c<a@1; ((2)(1))", // the example of BASE.7.2.THREAD
        "b<a@2; (1)",
        "c<b<a@2 | d<a@1; ((2)(1))", // below a dummy there is no other
        "a@1 | c<b<a@2 | d<b<a@3; (1 (2)(3))", // a dummy within a thread gives its children away
        "c<b<a@3 | b<a@2 | a@1; (3 2 1)",
        "a<b@1 | b<a@2; (2 1)", // no loops
        "a<a@1; (1)",
        "a@1 | a<b@2 | b@3 | c<a@4; (1 4)(3 2)", // an id counts for its first owner only
        "@1 | @2; (1)(2)",
        "b<c<a@1 | c<b<a@2; (2 1)",
        // Step 5: merging by subject.
        "a@1 x | b@2 x; ((1)(2))",
        "a@1 x | b@2 Re: x; (1 2)",
        "a@2 x | b@1 Re: x; (1 2)",
        "a@1 Re: x | b@2 Re: x; ((1)(2))",
        "a@1 x | b@2 X | c@3 Re: x; ((1)(2)(3))",
        "a@1 x | b@2 Re: x | c@3 Re: x; (1 (2)(3))",
        "a@1 | b@2; (1)(2)", // nothing is merged for an empty subject
        "b<a@1 Re: x | c<a@2 Re: x | d@3 x; ((1)(2)(3))",
        "b<a@1 Re: x | c<a@2 Re: x | e<d@3 Re: x | f<d@4 Re: x; ((1)(2)(3)(4))",
        "a@5 z | b@1 x | c<a@2 Re: z; (2)(1 3)",
      })
  void references(String messages, String threads) throws StoreException {
    assertEquals(threads, threads(new References(), messages));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a@1 x | b@2 y | c@3 x | d@4 Re: X; (1 (3)(4))(2)",
        "a@4 x | b@2 y | c@3 [l] x; (2)(3 1)",
        "a@1 | b@1 | c@2 y; (1 2)(3)",
      })
  void orderedSubject(String messages, String threads) throws StoreException {
    assertEquals(threads, threads(new OrderedSubject(), messages));
  }

  /** Each message arrived before the one with the lower number. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a@1 x | b@2 x | c@3 Re: x; (3)(2)(1)",
        "a@1 x | b@9 y | c<a@2 z; (2)(1 3)",
        "b<a@2 | c@1 | d<a@1; (2)((3)(1))",
      })
  void refs(String messages, String threads) throws StoreException {
    assertEquals(threads, threads(new Refs(), messages));
  }

  @Test
  void aThreadMayBeDeep() throws StoreException {
    StringBuilder messages = new StringBuilder("m0@0");
    StringBuilder expected = new StringBuilder("(1");
    for (int i = 1; i < 20_000; i++) {
      messages.append("|m").append(i).append("<m").append(i - 1).append('@').append(i);
      expected.append(' ').append(i + 1);
    }
    assertEquals(expected.append(')').toString(), threads(new References(), messages.toString()));
  }

  @Test
  void workIsLimited() {
    ThreadCall call = new ThreadCall(new References(), table("a@1|b<a@2|c<b<a@3|d<c<b<a@4"), 5);
    StoreException refused =
        assertThrows(StoreException.class, () -> call.invoke(CallContext.NONE));
    assertEquals(StoreException.Code.LIMIT, refused.code());
  }

  @Property
  void everyMessageIsInOneThread(@ForAll("mailboxes") String messages) throws StoreException {
    for (ThreadAlgorithm algorithm : List.of(new References(), new Refs(), new OrderedSubject())) {
      ThreadTable table = table(messages);
      List<ThreadNode> roots = new ThreadCall(algorithm, table, 1_000_000).invoke(CallContext.NONE);
      BitSet seen = new BitSet();
      for (ThreadNode root : roots) {
        assertTrue(!root.isDummy() || (root.firstChild() != null && !root.hasOneChild()));
        visit(root, seen, true);
      }
      assertEquals(table.messages().size(), seen.cardinality());
    }
  }

  private static void visit(ThreadNode node, BitSet seen, boolean root) {
    assertTrue(root || !node.isDummy());
    if (node.message != null) {
      int uid = (int) node.message.uid();
      assertTrue(!seen.get(uid));
      seen.set(uid);
    }
    for (ThreadNode child = node.firstChild(); child != null; child = child.next()) {
      assertEquals(node, child.parent());
      visit(child, seen, false);
    }
  }

  @Provide
  Arbitrary<String> mailboxes() {
    Arbitrary<String> id = Arbitraries.of("a", "b", "c", "d", "e", "f");
    Arbitrary<String> ids = id.list().ofMinSize(1).ofMaxSize(5).map(list -> String.join("<", list));
    Arbitrary<String> subject = Arbitraries.of("", " x", " Re: x", " y", " Re: y");
    return Combinators.combine(ids, Arbitraries.integers().between(0, 9), subject)
        .as((references, sent, text) -> references + "@" + sent + text)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(list -> String.join("|", list));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<a@b> | a@b",
        "<a@b><c@d>  text <e@f> | a@b c@d e@f",
        "<\"01KF8JCEOCBS0045PS\"@xxx.yyy.com> | 01KF8JCEOCBS0045PS@xxx.yyy.com",
        "<01KF8JCEOCBS0045PS@xxx.yyy.com> | 01KF8JCEOCBS0045PS@xxx.yyy.com",
        "<a\\@b@c> | a@b@c",
        "< a (comment > ) @ b > | a@b",
        "(<x@y>) \"<q@r>\" <a@b> | a@b",
        "<ab> <@b> <a@> <> <a@b | ``",
        "<a <b@c> | b@c",
        "Message of Monday <a@b> from <someone@example.org> | a@b someone@example.org",
      })
  void messageIds(String field, String ids) {
    List<String> found =
        MessageIds.find(Octets.ascii(field), 100).stream().map(Octets::asAscii).toList();
    assertEquals(ids, String.join(" ", found));
  }

  @Property
  void anyOctetsMayStandInAField(@ForAll byte[] octets) {
    for (Octets id : MessageIds.find(Octets.copyOf(ByteBuffer.wrap(octets)), 10)) {
      assertTrue(id.length() >= 3);
    }
  }
}
