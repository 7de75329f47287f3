package org.posthorn.imap.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.CallContext;
import org.posthorn.store.StoreException;

class SectionPropertyTest {

  @Property
  void sectionsAreThoseOfTheTree(@ForAll long seed, @ForAll("sections") Section section)
      throws StoreException {
    MailTree tree = MailTree.random(new Random(seed));
    assertEquals(tree.section(section), read(tree, section, null, 7, 64));
  }

  @Property
  void aPartialIsASubstring(
      @ForAll long seed,
      @ForAll("sections") Section section,
      @ForAll @IntRange(max = 300) int offset,
      @ForAll @IntRange(min = 1, max = 300) int count,
      @ForAll @IntRange(min = 1, max = 20) int atOnce,
      @ForAll @IntRange(min = 1, max = 20) int room)
      throws StoreException {
    MailTree tree = MailTree.random(new Random(seed));
    String whole = tree.section(section);
    if (whole == null) {
      return;
    }
    int from = Math.min(offset, whole.length());
    String expected = whole.substring(from, Math.min(from + count, whole.length()));
    assertEquals(expected, read(tree, section, new Partial(offset, count), atOnce, room));
  }

  private static @Nullable String read(
      MailTree tree, Section section, @Nullable Partial partial, int atOnce, int room)
      throws StoreException {
    byte[] message = tree.whole().getBytes(StandardCharsets.ISO_8859_1);
    Slices slices = SectionResolver.resolve(section, MessageIndex.of(message));
    if (slices == null) {
      return null;
    }
    Slices wanted = partial == null ? slices : slices.partial(partial);
    StringBuilder text = new StringBuilder();
    ArrayContent content = new ArrayContent(message, atOnce);
    try (SlicesSource source = new SlicesSource(wanted, content)) {
      ByteBuffer into = ByteBuffer.allocate(room);
      while (source.read(into.clear(), CallContext.NONE) >= 0) {
        text.append(StandardCharsets.ISO_8859_1.decode(into.flip()));
      }
      assertEquals(source.length(), text.length());
    }
    assertTrue(content.closed());
    return text.toString();
  }

  @Provide
  Arbitrary<Section> sections() {
    Arbitrary<List<Long>> part = Arbitraries.longs().between(1, 3).list().ofMaxSize(4);
    Arbitrary<List<Octets>> names =
        Arbitraries.of("SUBJECT", "from", "x-depth", "To", "Content-Type")
            .map(Octets::ascii)
            .list()
            .ofMinSize(1)
            .ofMaxSize(3);
    return Combinators.combine(part, Arbitraries.of(Section.Text.class), names)
        .as(SectionPropertyTest::section);
  }

  private static Section section(List<Long> part, Section.Text text, List<Octets> names) {
    boolean fields = text == Section.Text.HEADER_FIELDS || text == Section.Text.HEADER_FIELDS_NOT;
    boolean mime = text == Section.Text.MIME && part.isEmpty();
    return new Section(part, mime ? Section.Text.ALL : text, fields ? names : List.of());
  }
}
