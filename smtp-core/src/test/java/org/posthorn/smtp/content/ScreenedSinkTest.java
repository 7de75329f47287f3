package org.posthorn.smtp.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.extension.NoSoliciting;

class ScreenedSinkTest {
  private static final ContentRules MX =
      new ContentRules("mx.example.org", 100, false, false, null, NoSoliciting.NOTHING);
  private static final ContentRules SUBMISSION =
      new ContentRules("mx.example.org", 100, false, true, null, NoSoliciting.NOTHING);

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  private ScreenedSink sink(ContentRules rules) {
    kept.reset();
    MessageSink next =
        new MessageSink() {
          @Override
          public void write(ByteBuffer chunk) {
            byte[] octets = new byte[chunk.remaining()];
            chunk.get(octets);
            kept.writeBytes(octets);
          }

          @Override
          public List<Verdict> finish() {
            return List.of(Verdict.OK);
          }

          @Override
          public void abort() {}
        };
    return new ScreenedSink(next, rules, null, Instant.EPOCH, "id");
  }

  private String screened(ContentRules rules, String message, Random cuts) throws Exception {
    byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
    ScreenedSink sink = sink(rules);
    for (int at = 0; at < octets.length; ) {
      int n = Math.min(octets.length - at, 1 + cuts.nextInt(40));
      sink.write(ByteBuffer.wrap(octets, at, n));
      at += n;
    }
    assertEquals(List.of(Verdict.OK), sink.finish());
    return kept.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aLongFieldIsJudgedByItsBeginning() throws Exception {
    String folds = "\tx\r\n".repeat(40_000);
    String message = "Return-Path: <a@b>\r\n" + folds + "Subject: y\r\n" + folds + "\r\nbody";
    assertEquals("Subject: y\r\n" + folds + "\r\nbody", screened(MX, message, new Random(1)));
  }

  @Test
  void missingFieldsComeInFrontHoweverTheHeaderEnds() throws Exception {
    String fields = "Date: Thu, 1 Jan 1970 00:00:00 +0000\r\nMessage-ID: <id@mx.example.org>\r\n";
    for (int seed = 0; seed < 20; seed++) {
      Random cuts = new Random(seed);
      assertEquals(fields + "A: b\r\n", screened(SUBMISSION, "A: b\r\n", cuts));
      assertEquals(fields + "\r\nbody", screened(SUBMISSION, "\r\nbody", cuts));
      assertEquals(fields + "\r\nno header\r\n", screened(SUBMISSION, "no header\r\n", cuts));
      assertEquals(
          fields + "From x\r\nA: b\r\n\r\n", screened(SUBMISSION, "From x\r\nA: b\r\n\r\n", cuts));
    }
  }

  @Test
  void missingFieldsComeBehindAHeaderThatIsTooLongToHold() throws Exception {
    String header = "Subject: a field among many\r\n".repeat(3_000);
    String sent = screened(SUBMISSION, header + "\r\nbody", new Random(1));
    assertTrue(sent.startsWith(header + "Date: "));
    assertTrue(sent.endsWith("@mx.example.org>\r\n\r\nbody"));
  }

  @Property
  void whatBreaksNoRuleGoesThroughUnchangedAtAnySplit(
      @ForAll("messages") String message, @ForAll long seed) throws Exception {
    assertEquals(message, screened(MX, message, new Random(seed)));
  }

  @Property
  void everySplitGivesTheSame(@ForAll("messages") String message, @ForAll long seed)
      throws Exception {
    String whole = screened(SUBMISSION, "return-path: x\r\n" + message, new Random(0));
    assertEquals(whole, screened(SUBMISSION, "return-path: x\r\n" + message, new Random(seed)));
    assertTrue(whole.contains("Date: "));
  }

  @Provide
  Arbitrary<String> messages() {
    return Arbitraries.of(
            "Subject: x\r\n",
            "\tfolded\r\n",
            "\r\n",
            "A",
            ":",
            " ",
            "\r",
            "\n",
            "x\r\n",
            "From y\r\n")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }
}
