package org.posthorn.mime.compose;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.posthorn.mime.message.Message;

/** Writes parts in tests and checks what every message must keep. */
final class Written {

  /** Makes the same octets every time. */
  static Origin origin() {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.ofHours(1));
    return new Origin(clock, IdSource.counting(7), "example.org");
  }

  private Written() {}

  static byte[] octets(MimePart part, OutputForm form) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    part.writeTo(out, form);
    byte[] octets = out.toByteArray();
    check(octets, form);
    return octets;
  }

  static String text(MimePart part, OutputForm form) throws IOException {
    return new String(octets(part, form), StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  static Message message(MimePart part, OutputForm form) throws IOException {
    return Message.of(octets(part, form));
  }

  /** CRLF alone ends lines, none is longer than 998, no NUL, and no octet the form forbids. */
  static void check(byte[] octets, OutputForm form) {
    int line = 0;
    for (int i = 0; i < octets.length; i++) {
      byte octet = octets[i];
      assertTrue(octet != 0, "NUL");
      assertTrue(form != OutputForm.SEVEN_BIT || octet >= 0, "8-bit at " + i);
      boolean crlf = octet == '\r' && i + 1 < octets.length && octets[i + 1] == '\n';
      assertTrue(octet != '\r' || crlf, "bare CR at " + i);
      if (octet == '\n') {
        assertTrue(i > 0 && octets[i - 1] == '\r', "bare LF at " + i);
        line = 0;
      } else if (octet != '\r') {
        assertTrue(++line <= 998, "long line at " + i);
      }
    }
    Message message = Message.of(octets);
    byte[] header = new byte[(int) message.root().index().bodyStart()];
    System.arraycopy(octets, 0, header, 0, header.length);
    for (byte octet : header) {
      assertFalse(form != OutputForm.UTF8 && octet < 0, "8-bit header");
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header));
    } catch (CharacterCodingException e) {
      throw new AssertionError("header is not UTF-8", e);
    }
  }
}
