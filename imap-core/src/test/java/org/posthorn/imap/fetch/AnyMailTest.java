package org.posthorn.imap.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.mime.Part;
import org.posthorn.protocol.CallContext;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.testkit.Corpus;
import org.posthorn.testkit.GeneratedMail;
import org.posthorn.testkit.MailGenerator;

/**
 * What holds for every message, however odd: over generated mail, and over real mail if present.
 */
class AnyMailTest {

  @Test
  void generatedMail() throws Exception {
    for (GeneratedMail mail : new MailGenerator(7).first(300)) {
      check(mail.name(), mail.octets());
    }
  }

  @Test
  void someRealMail() {
    assumeTrue(Corpus.isPresent(), Corpus.ABSENT);
    Corpus.forEach(23, AnyMailTest::check);
  }

  @Test
  @Tag("soak")
  void allRealMail() {
    assumeTrue(Corpus.isPresent(), Corpus.ABSENT);
    Corpus.forEach(1, AnyMailTest::check);
  }

  private static void check(Corpus.Message message) {
    try {
      check(message.name(), message.octets());
      check(message.name() + " with CRLF", message.lines());
    } catch (StoreException | SyntaxException e) {
      throw new AssertionError(message.name(), e);
    }
  }

  private static void check(String name, byte[] octets) throws StoreException, SyntaxException {
    MessageIndex index = MessageIndex.of(octets);
    String whole = new String(octets, StandardCharsets.ISO_8859_1);
    String header = read(Section.of(Section.Text.HEADER), index, octets);
    assertEquals(whole, read(Section.WHOLE, index, octets), name);
    assertEquals(whole, header + read(Section.of(Section.Text.TEXT), index, octets), name);
    checkFields(name, header, index, octets);
    checkParts(name, List.of(), index.root(), index, octets);
    checkResponses(name, octets);
  }

  /** HEADER.FIELDS against a search for lines that begin with the name. */
  private static void checkFields(String name, String header, MessageIndex index, byte[] octets)
      throws StoreException {
    if (header.replace("\r\n", "").matches("[^\r\n]*")) {
      for (String field : List.of("Subject", "received", "CONTENT-TYPE", "X-Not-There")) {
        Section section =
            new Section(List.of(), Section.Text.HEADER_FIELDS, List.of(Octets.ascii(field)));
        String found = read(section, index, octets);
        boolean blank = found.endsWith("\r\n\r\n") || found.equals("\r\n");
        assertEquals(fields(header, field) + (blank ? "\r\n" : ""), found, name + " " + field);
      }
    }
  }

  private static String fields(String header, String name) {
    StringBuilder found = new StringBuilder();
    boolean wanted = false;
    for (String line : List.of(header.split("(?<=\r\n)", -1))) {
      boolean folded = line.startsWith(" ") || line.startsWith("\t");
      String start = line.toLowerCase(Locale.ROOT);
      wanted = folded ? wanted : start.matches(name.toLowerCase(Locale.ROOT) + "[ \t]*:(?s:.*)");
      found.append(wanted ? line : "");
    }
    return found.toString();
  }

  /** Every part has its octets within those of the part around it, in their order. */
  private static void checkParts(
      String name, List<Long> path, Part part, MessageIndex index, byte[] octets)
      throws StoreException {
    List<Part> children =
        part.kind() == Part.Kind.MESSAGE
            ? part.children().get(0).kind() == Part.Kind.MULTIPART
                ? part.children().get(0).children()
                : part.children()
            : part.children();
    long number = 0;
    long from = part.bodyStart();
    for (Part child : children) {
      List<Long> numbers = new ArrayList<>(path);
      if (path.isEmpty() && part.kind() == Part.Kind.MESSAGE) {
        numbers.add(1L);
      }
      numbers.add(++number);
      assertTrue(child.headerStart() >= from && child.end() <= part.end(), name + numbers);
      from = child.end();
      String mime = read(new Section(numbers, Section.Text.MIME, List.of()), index, octets);
      String body = read(new Section(numbers, Section.Text.ALL, List.of()), index, octets);
      String both =
          new String(
              octets,
              (int) child.headerStart(),
              (int) (child.end() - child.headerStart()),
              StandardCharsets.ISO_8859_1);
      assertEquals(both, mime + body, name + numbers);
      checkParts(name, numbers, child, index, octets);
    }
    List<Long> beyond = new ArrayList<>(path);
    beyond.add(Math.max(number, 1) + 1);
    Section none = new Section(beyond, Section.Text.ALL, List.of());
    assertEquals(null, SectionResolver.resolve(none, index), name + beyond);
  }

  /** ENVELOPE, BODY and BODYSTRUCTURE are by the grammar and agree with each other. */
  private static void checkResponses(String name, byte[] octets)
      throws StoreException, SyntaxException {
    Mail mail = new Mail().add(octets, AppendSpec.plain());
    Set<Integer> parts = new TreeSet<>();
    try {
      ResponseShape.checkEnvelope(ResponseShape.valueOf("ENVELOPE", mail.fetch("ENVELOPE")));
      Object body = ResponseShape.valueOf("BODY", mail.fetch("BODY"));
      parts.add(ResponseShape.checkBody(body, false));
      Object extended = ResponseShape.valueOf("BODYSTRUCTURE", mail.fetch("BODYSTRUCTURE"));
      parts.add(ResponseShape.checkBody(extended, true));
      assertEquals(1, parts.size());
      assertEquals(UidSet.of(1), mail.view());
    } catch (AssertionError e) {
      throw new AssertionError(name + ": " + e.getMessage(), e);
    }
  }

  private static String read(Section section, MessageIndex index, byte[] octets)
      throws StoreException {
    @Nullable Slices slices = SectionResolver.resolve(section, index);
    assertTrue(slices != null, section.toString());
    ByteBuffer into = ByteBuffer.allocate((int) slices.length() + 1);
    try (SlicesSource source = new SlicesSource(slices, new ArrayContent(octets, 5_000))) {
      while (source.read(into, CallContext.NONE) >= 0) {
        assertTrue(into.hasRemaining());
      }
    }
    return StandardCharsets.ISO_8859_1.decode(into.flip()).toString();
  }
}
