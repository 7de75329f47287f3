package org.posthorn.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.Defect;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.MessageIndexer;
import org.posthorn.mime.Part;

class MailGeneratorTest {

  private final MailGenerator generator = new MailGenerator(42);

  @Test
  void theSameCallGivesTheSameOctets() {
    MailGenerator again = new MailGenerator(42);
    MailGenerator other = new MailGenerator(43);
    int different = 0;
    for (int i = 0; i < 60; i++) {
      assertArrayEquals(generator.message(i).octets(), again.message(i).octets());
      assertArrayEquals(generator.raw(i).octets(), again.raw(i).octets());
      different += Arrays.equals(generator.message(i).octets(), other.message(i).octets()) ? 0 : 1;
    }
    assertEquals(60, different);
  }

  @Test
  void linesEndWithCrLf() {
    for (GeneratedMail mail : generator.first(600)) {
      byte[] octets = mail.octets();
      assertEquals(mail.size(), octets.length);
      assertEquals('\n', octets[octets.length - 1], mail.name());
      for (int i = 0; i < octets.length; i++) {
        assertTrue(octets[i] != 0, mail.name());
        assertEquals(octets[i] == '\n', i > 0 && octets[i - 1] == '\r', mail.name());
      }
    }
  }

  @Test
  void onlyTheMalformedHaveDefects() {
    for (MailGenerator.Kind kind : MailGenerator.Kind.values()) {
      int defects = 0;
      for (int i = 0; i < 200; i++) {
        GeneratedMail mail = generator.message(kind, i);
        int found = 0;
        for (Defect defect : MessageIndex.of(mail.octets()).defects()) {
          // RFC 2231 section 3 lets the pieces of a parameter come in any order.
          found += defect.kind() == Defect.Kind.DISORDERED_PARAMETER ? 0 : 1;
        }
        assertTrue(found == 0 || kind == MailGenerator.Kind.MALFORMED, mail.name());
        defects += found;
      }
      assertEquals(kind == MailGenerator.Kind.MALFORMED, defects > 0, kind.name());
    }
  }

  @Test
  void malformedMessagesShowEveryKindOfDefect() {
    Set<Defect.Kind> missing = EnumSet.allOf(Defect.Kind.class);
    missing.remove(Defect.Kind.LIMIT_REACHED);
    missing.remove(Defect.Kind.ENCODED_COMPOSITE);
    for (int i = 0; i < 3_000 && !missing.isEmpty(); i++) {
      MessageIndex.of(generator.raw(i).octets()).defects().forEach(d -> missing.remove(d.kind()));
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void hugeMessagesAreStreamed() throws IOException {
    for (long size : new long[] {0, 1, 56, 57, 58, 5_000_000}) {
      GeneratedMail mail = generator.huge(size);
      MessageIndexer indexer = new MessageIndexer();
      byte[] buffer = new byte[10_000];
      try (InputStream in = mail.open()) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          indexer.write(ByteBuffer.wrap(buffer, 0, n));
        }
      }
      MessageIndex index = indexer.finish();
      assertEquals(mail.size(), index.size());
      assertTrue(index.defects().isEmpty(), index.defects().toString());
      Part attachment = index.part(2);
      assertNotNull(attachment);
      long encoded = (size + 2) / 3 * 4;
      long lines = (size + 56) / 57;
      assertEquals(encoded + 2 * lines, attachment.end() - attachment.bodyStart());
    }
  }
}
