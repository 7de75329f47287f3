package org.posthorn.imap.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.CallContext;
import org.posthorn.store.StoreException;
import org.posthorn.testkit.Corpus;

/**
 * {@code BODY[section]<partial>} of real mail, for every form of a section and every part, against
 * a slow reference. Where they differ the golden file says why. All messages with {@code
 * -Dposthorn.soak=true}, else some.
 */
class CorpusSectionsTest {
  private static final int EVERY = Boolean.getBoolean("posthorn.soak") ? 1 : 10;
  private static final List<Octets> NAMES =
      List.of(Octets.ascii("SUBJECT"), Octets.ascii("received"), Octets.ascii("X-None"));

  private final Random random = new Random(20260102);

  @Test
  void everySectionOfEveryMessage() throws IOException {
    assumeTrue(Corpus.isPresent(), Corpus.ABSENT);
    NavigableSet<String> explained = explained();
    NavigableSet<String> different = new TreeSet<>();
    NavigableSet<String> seen = new TreeSet<>();
    Corpus.forEach(
        EVERY,
        message -> {
          String name = message.name();
          seen.add(name);
          try {
            if (differs(message.lines())) {
              different.add(name);
            }
          } catch (StoreException e) {
            throw new AssertionError(name, e);
          }
        });
    assertTrue(seen.size() > 100, () -> "only " + seen.size() + " messages");
    explained.retainAll(seen);
    assertEquals(String.join("\n", explained), String.join("\n", different));
  }

  private boolean differs(byte[] message) throws StoreException {
    SlowMail slow = SlowMail.of(new String(message, StandardCharsets.ISO_8859_1));
    MessageIndex index = MessageIndex.of(message);
    for (Section section : sections(slow)) {
      String expected = slow.section(section);
      Slices slices = SectionResolver.resolve(section, index);
      if (expected == null || slices == null) {
        if (expected != null || slices != null) {
          return true;
        }
        continue;
      }
      if (!expected.equals(read(message, slices))) {
        return true;
      }
      int from = random.nextInt(expected.length() + 10);
      int count = 1 + random.nextInt(expected.length() + 10);
      int start = Math.min(from, expected.length());
      String part = expected.substring(start, Math.min(start + count, expected.length()));
      assertEquals(part, read(message, slices.partial(new Partial(from, count))));
    }
    return false;
  }

  /** Every form for the message and each of its parts, and a part that is not there. */
  private static List<Section> sections(SlowMail slow) {
    List<List<Long>> numbers = new ArrayList<>(slow.numbers());
    numbers.add(List.of());
    numbers.add(List.of(99L));
    numbers.add(List.of(1L, 1L, 99L));
    List<Section> sections = new ArrayList<>();
    for (List<Long> number : numbers) {
      for (Section.Text text : Section.Text.values()) {
        boolean fields =
            text == Section.Text.HEADER_FIELDS || text == Section.Text.HEADER_FIELDS_NOT;
        if (text != Section.Text.MIME || !number.isEmpty()) {
          sections.add(new Section(number, text, fields ? NAMES : List.of()));
        }
      }
    }
    return sections;
  }

  private static @Nullable String read(byte[] message, Slices slices) throws StoreException {
    StringBuilder text = new StringBuilder();
    try (SlicesSource source = new SlicesSource(slices, new ArrayContent(message, 5_000))) {
      ByteBuffer into = ByteBuffer.allocate(4_096);
      while (source.read(into.clear(), CallContext.NONE) >= 0) {
        text.append(StandardCharsets.ISO_8859_1.decode(into.flip()));
      }
    }
    return text.toString();
  }

  private static NavigableSet<String> explained() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    CorpusSectionsTest.class.getResourceAsStream("section-differences.txt")),
                StandardCharsets.UTF_8))) {
      NavigableSet<String> names = new TreeSet<>();
      reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(names::add);
      return names;
    }
  }
}
