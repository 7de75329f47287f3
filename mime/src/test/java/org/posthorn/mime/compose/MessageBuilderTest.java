package org.posthorn.mime.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.mime.Address;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.MessageIndexer;
import org.posthorn.mime.Part;
import org.posthorn.mime.message.Message;
import org.posthorn.mime.message.MessagePart;

class MessageBuilderTest {

  private static MessageBuilder letter() {
    return new MessageBuilder(Written.origin())
        .from(Address.Mailbox.of("Jörg", "joerg@example.org"))
        .to(Address.Mailbox.of("Ann, A.", "ann@exämple.org"))
        .bcc(Address.Mailbox.of("hidden@example.org"))
        .subject("Grüße")
        .text("Schöne Grüße\n");
  }

  @Test
  void aLetterInAscii() throws IOException {
    assertEquals(
        """
        Date: Fri, 2 Jan 2026 04:04:05 +0100
        From: =?utf-8?B?SsO2cmc=?= <joerg@example.org>
        To: "Ann, A." <ann@xn--exmple-cua.org>
        Subject: =?utf-8?B?R3LDvMOfZQ==?=
        Message-ID: <00000007x00000001@example.org>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Sch=C3=B6ne Gr=C3=BC=C3=9Fe
        """,
        Written.text(letter().build(), OutputForm.SEVEN_BIT));
  }

  @Test
  void theSameWithSmtpUtf8() throws IOException {
    assertEquals(
        """
        Date: Fri, 2 Jan 2026 04:04:05 +0100
        From: Jörg <joerg@example.org>
        To: "Ann, A." <ann@exämple.org>
        Subject: Grüße
        Message-ID: <00000007x00000001@example.org>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Schöne Grüße
        """,
        Written.text(letter().build(), OutputForm.UTF8));
  }

  @Test
  void anAddressWithoutAFormInAsciiIsShown() throws IOException {
    MimePart message = letter().to(Address.Mailbox.of("Jörg", "jörg@example.org")).build();
    String ascii = Written.text(message, OutputForm.EIGHT_BIT);
    assertTrue(
        ascii.contains("To: =?utf-8?B?SsO2cmc=?= =?utf-8?B?asO2cmdAZXhhbXBsZS5vcmc=?= :;\n"),
        ascii);
  }

  @Test
  void aParsedMessageIsDowngraded() throws IOException {
    byte[] utf8 =
        """
        From: Jörg <jörg@example.org>
        Message-ID: <ä@example.org>
        Received: from exämple.org by mx.example.org (Grüße) for <jörg@example.org>;
         Fri, 2 Jan 2026 03:04:05 +0000
        Content-Type: text/plain; charset=utf-8; name="ä.txt"
        Subject: Grüße

        ü
        """
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8);
    MimePart part = MimePart.of(Message.of(utf8), IdSource.counting(1));
    assertEquals(
        """
        From: =?utf-8?B?SsO2cmc=?= =?utf-8?B?asO2cmdAZXhhbXBsZS5vcmc=?= :;
        Downgraded-Message-ID: =?utf-8?B?PMOkQGV4YW1wbGUub3JnPg==?=
        Received: from xn--exmple-cua.org by mx.example.org (=?utf-8?B?R3LDvMOfZQ==?=)
         ; Fri, 2 Jan 2026 03:04:05 +0000
        Content-Type: text/plain; charset=utf-8; name*=utf-8''%C3%A4.txt
        Subject: =?utf-8?B?R3LDvMOfZQ==?=
        Content-Transfer-Encoding: quoted-printable

        =C3=BC
        """,
        Written.text(part, OutputForm.SEVEN_BIT));
    assertEquals(
        new String(utf8, StandardCharsets.UTF_8)
            .replace("Subject: Grüße\r\n", "Subject: Grüße\r\nContent-Transfer-Encoding: 8bit\r\n")
            .replace("\r\n", "\n"),
        Written.text(part, OutputForm.UTF8));
  }

  @Test
  void allPartsHaveTheirPlace() throws IOException {
    MimePart message =
        letter()
            .html("<img src=cid:i>")
            .inline(MimePart.inline("i", "i.png", "image/png", Content.of(new byte[3])))
            .attach("a.bin", Content.of(new byte[3]))
            .build();
    String types = types(Written.message(message, OutputForm.SEVEN_BIT).root());
    assertEquals(
        "multipart/mixed(multipart/alternative(text/plain multipart/related(text/html image/png))"
            + " application/octet-stream)",
        types);
  }

  private static String types(MessagePart part) {
    List<String> inside = part.children().stream().map(MessageBuilderTest::types).toList();
    return part.mediaType() + (inside.isEmpty() ? "" : "(" + String.join(" ", inside) + ")");
  }

  @Test
  void recipientsAreAllOfThem() {
    assertEquals(
        List.of("ann@exämple.org", "hidden@example.org"),
        letter().recipients().stream().map(Address.Mailbox::address).toList());
  }

  @Test
  void nothingCanBeInjected() {
    assertThrows(IllegalArgumentException.class, () -> letter().header("X", "a\r\nBcc: b"));
    assertThrows(IllegalArgumentException.class, () -> letter().header("X: y", "a"));
    assertThrows(IllegalArgumentException.class, () -> letter().subject("a\nBcc: b").build());
    assertThrows(
        IllegalArgumentException.class,
        () -> letter().to(new Address.Mailbox("", "a", "b>\r\nBcc: c")).build());
    assertThrows(IllegalArgumentException.class, () -> letter().messageId("a>\r\nX: y").build());
  }

  /** A gigabyte in the long form of the tests. */
  @Test
  void aBigAttachmentNeedsNoMemory() throws IOException {
    long size = Boolean.getBoolean("posthorn.soak") ? 1L << 30 : 1L << 25;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Content zeros = () -> InputStreams.zeros(size);
    MessageIndexer indexer = new MessageIndexer();
    OutputStream index =
        new OutputStream() {
          @Override
          public void write(int octet) {
            indexer.write(ByteBuffer.wrap(new byte[] {(byte) octet}));
          }

          @Override
          public void write(byte[] octets, int from, int length) {
            indexer.write(ByteBuffer.wrap(octets, from, length));
          }
        };
    letter().attach("zeros.bin", zeros).build().writeTo(index, OutputForm.SEVEN_BIT);
    MessageIndex found = indexer.finish();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < size / 4, "allocated " + allocated);
    assertEquals(2, found.root().children().size());
    long lines = (size + 56) / 57;
    Part attachment = found.root().children().get(1);
    long encoded = attachment.end() - attachment.bodyStart();
    assertEquals((size + 2) / 3 * 4 + (lines - 1) * 2, encoded);
  }

  private static final class InputStreams {

    static InputStream zeros(long size) {
      return new InputStream() {
        private long left = size;

        @Override
        public int read() {
          return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int from, int length) {
          int count = (int) Math.min(length, left);
          left -= count;
          return count == 0 ? -1 : count;
        }
      };
    }
  }
}
