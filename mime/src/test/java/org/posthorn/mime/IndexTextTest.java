package org.posthorn.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What the walk over stored texts finds is what the objects made of them say. */
class IndexTextTest {
  private static @Nullable String text(@Nullable Octets octets) {
    return octets == null
        ? null
        : new String(
            octets.array(),
            octets.from(),
            octets.to() - octets.from(),
            StandardCharsets.ISO_8859_1);
  }

  private static @Nullable String next(IndexText walk) {
    return walk.next()
        ? new String(
            walk.array(), walk.from(), walk.to() - walk.from(), StandardCharsets.ISO_8859_1)
        : null;
  }

  private static List<@Nullable String> texts(List<MailAddress> addresses) {
    List<@Nullable String> texts = new ArrayList<>();
    for (MailAddress one : addresses) {
      texts.add(text(one.name()));
      texts.add(text(one.route()));
      texts.add(text(one.mailbox()));
      texts.add(text(one.host()));
    }
    return texts;
  }

  private static List<@Nullable String> group(IndexText walk) {
    List<@Nullable String> texts = new ArrayList<>();
    for (int left = 4 * walk.count(); left > 0; left--) {
      texts.add(next(walk));
    }
    return texts;
  }

  @Property
  void walksWhatTheEnvelopeSays(@ForAll("headers") String header) {
    byte[] message = (header + "\r\ntext\r\n").getBytes(StandardCharsets.ISO_8859_1);
    Part part = MessageIndex.of(message).root();
    Envelope envelope = Objects.requireNonNull(part.envelope());
    IndexText walk = new IndexText();
    assertTrue(part.envelope(walk));
    int start = walk.position();
    assertEquals(text(envelope.date()), next(walk));
    assertEquals(text(envelope.subject()), next(walk));
    assertEquals(text(envelope.inReplyTo()), next(walk));
    assertEquals(text(envelope.messageId()), next(walk));
    int addresses = walk.position();
    List<@Nullable String> from = group(walk);
    assertEquals(texts(envelope.from()), from);
    assertEquals(texts(envelope.sender()), orFrom(group(walk), from));
    assertEquals(texts(envelope.replyTo()), orFrom(group(walk), from));
    assertEquals(texts(envelope.to()), group(walk));
    assertEquals(texts(envelope.cc()), group(walk));
    assertEquals(texts(envelope.bcc()), group(walk));
    walk.rewind(start);
    walk.skip(4);
    assertEquals(addresses, walk.position());
  }

  private static List<@Nullable String> orFrom(
      List<@Nullable String> group, List<@Nullable String> from) {
    return group.isEmpty() ? from : group;
  }

  @Provide
  Arbitrary<String> headers() {
    Arbitrary<String> value =
        Arbitraries.of(
                "a@example.com",
                "Ann <ann@b.example>",
                "\"Q, \\\"x\\\"\" <@r.example,@s.example:q@t.example>",
                "team: a@b, c@d;",
                "undisclosed-recipients:;",
                "<>",
                "nobody",
                "",
                "=?utf-8?q?=C3=A4?= <e@f>",
                "\u00e4\u00f6 <u@v>",
                "x".repeat(130) + "@long.example",
                "text/plain",
                "NIL")
            .list()
            .ofMaxSize(4)
            .map(parts -> String.join(", ", parts));
    Arbitrary<String> name =
        Arbitraries.of(
            "From",
            "Sender",
            "Reply-To",
            "To",
            "Cc",
            "Bcc",
            "Subject",
            "Date",
            "In-Reply-To",
            "Message-ID");
    return Combinators.combine(name, value)
        .as((field, text) -> field + ": " + text + "\r\n")
        .list()
        .ofMaxSize(12)
        .map(fields -> String.join("", fields));
  }
}
