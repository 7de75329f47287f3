package org.posthorn.mime.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.mime.Address;
import org.posthorn.mime.OctetSource;
import org.posthorn.mime.Octets;
import org.posthorn.mime.ParameterizedValue;

class MessageTest {

  private static final String LETTER =
      """
      From: =?utf-8?Q?J=C3=B6rg?= <joerg@example.org>
      To: Team: a@example.org, "B, b" <b@example.org>;, c@example.org
      Date: Fri, 21 Nov 97 09:55:06 EST (a comment)
      Subject: =?utf-8?B?R3LDvMOf?=
       =?utf-8?B?ZQ==?= folded
      Message-ID: <1@example.org>
      In-Reply-To: <0@example.org>
      References: <r@example.org>
      \t<0@example.org>
      Content-Type: multipart/mixed; boundary=x

      --x
      Content-Type: multipart/alternative; boundary=y

      --y
      Content-Type: text/plain; charset=iso-8859-1
      Content-Transfer-Encoding: quoted-printable

      > quoted
      Sch=F6ne   =
      Gr=FC=DFe

      --y
      Content-Type: text/html; charset=utf-8

      <p>Sch&ouml;ne <b>Gr&uuml;&szlig;e</b></p>
      --y--
      --x
      Content-Type: application/pdf; name="=?utf-8?Q?=C3=9Cbersicht.pdf?="
      Content-Disposition: attachment; filename*0*=utf-8''%C3%9Cber;
       filename*1=sicht.pdf
      Content-Transfer-Encoding: base64

      SGVsbG8s
      IFdvcmxk
      --x
      Content-Type: message/rfc822

      Subject: inner
      From: inner@example.org

      inner text
      --x--
      """;

  private static Message message(String text) {
    return Message.of(octets(text));
  }

  private static byte[] octets(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String all(Reader reader) throws IOException {
    return Readers.upTo(reader, Integer.MAX_VALUE);
  }

  private static MessagePart part(Message message, int... numbers) {
    MessagePart part = message.part(numbers);
    assertNotNull(part);
    return part;
  }

  @Test
  void headerFieldsAsValues() throws IOException {
    Message letter = message(LETTER);
    assertEquals("Grüße folded", letter.subject());
    assertEquals(List.of(new Address.Mailbox("Jörg", "joerg", "example.org")), letter.from());
    assertEquals(letter.from(), letter.sender());
    assertEquals(letter.from(), letter.replyTo());
    assertEquals(
        List.of(
            new Address.Group(
                "Team",
                List.of(
                    Address.Mailbox.of("a@example.org"),
                    Address.Mailbox.of("B, b", "b@example.org"))),
            Address.Mailbox.of("c@example.org")),
        letter.to());
    assertEquals(OffsetDateTime.parse("1997-11-21T09:55:06-05:00"), letter.date());
    assertEquals(Octets.ascii("1@example.org"), letter.messageId());
    assertEquals(List.of(Octets.ascii("0@example.org")), letter.inReplyTo());
    assertEquals(
        List.of(Octets.ascii("r@example.org"), Octets.ascii("0@example.org")), letter.references());
    Header header = letter.header();
    assertEquals(List.of(), header.all("X"));
    assertEquals("Grüße folded", header.text("sUBJECT"));
    HeaderField type = header.first("content-type");
    assertNotNull(type);
    ParameterizedValue value = type.parameterized();
    assertEquals(Octets.ascii("multipart/mixed"), value.value());
    assertEquals("x", value.text("Boundary"));
    assertEquals(" <1@example.org>\r\n", header.all("Message-ID").get(0).raw().asAscii());
  }

  @Test
  void contentsAreDecoded() throws IOException {
    Message letter = message(LETTER);
    assertEquals("> quoted\r\nSchöne   Grüße\r\n", all(part(letter, 1, 1).text()));
    assertEquals("Schöne Grüße", all(part(letter, 1, 2).plainText()));
    assertEquals(
        "Hello, World",
        new String(part(letter, 2).content().readAllBytes(), StandardCharsets.UTF_8));
    assertEquals("SGVsbG8s\r\nIFdvcmxk", part(letter, 2).rawOctets().asAscii());
    assertEquals("> qu", part(letter, 1, 1).text(4));
    assertEquals("inner text", all(part(letter, 3, 1).text()));
  }

  @Test
  void textAndPreview() throws IOException {
    Message letter = message(LETTER);
    MessagePart plain = letter.textPart();
    assertNotNull(plain);
    assertEquals(part(letter, 1, 1).index().bodyStart(), plain.index().bodyStart());
    assertEquals("Schöne Grüße", letter.preview(100));
    assertEquals("Schöne", letter.preview(7));
    assertEquals("Schöne", letter.preview(6));
    Message quotesOnly = message("Subject: x\n\n> a\n> b\n");
    assertEquals("> a > b", quotesOnly.preview(20));
    assertEquals("", message("Content-Type: image/png\n\nabc").preview(20));
    Message html = message("Content-Type: text/html\n\n<style>x</style><p>Hi&nbsp;you");
    assertEquals("Hi you", html.preview(20));
    assertNull(html.textPart());
  }

  @Test
  void attachmentsWithTheirNames() throws IOException {
    List<Attachment> attachments = message(LETTER).attachments();
    assertEquals(2, attachments.size());
    Attachment pdf = attachments.get(0);
    assertEquals("Übersicht.pdf", pdf.name());
    assertEquals("application/pdf", pdf.mediaType());
    assertEquals(Attachment.Kind.PART, pdf.kind());
    assertEquals("Hello, World", new String(pdf.content().readAllBytes(), StandardCharsets.UTF_8));
    Message inner = attachments.get(1).part().message();
    assertNotNull(inner);
    assertEquals("inner", inner.subject());
    assertEquals("inner text", all(inner.text()));
  }

  @Test
  void anEncodedWordAsAFileNameIsRead() throws IOException {
    Message message =
        message(
            """
            Content-Type: image/png; name="=?utf-8?Q?=C3=A4.png?="
            Content-ID: <i@x>

            x\
            """);
    Attachment image = message.attachments().get(0);
    assertEquals("ä.png", image.name());
    assertTrue(image.isInline());
  }

  @Test
  void filesWithinTheTextAreSeen() throws IOException {
    Message message =
        message(
            """
            Subject: files

            begin with words is no file
            begin 644 cat.txt
            #0V%T
            `
            end
            =ybegin line=128 size=3 name=two words.bin
            klm
            =yend size=3
            begin 600 broken
            this is prose, not data
            """);
    List<Attachment> files = message.attachments();
    assertEquals(2, files.size());
    assertEquals(Attachment.Kind.UUENCODE, files.get(0).kind());
    assertEquals("cat.txt", files.get(0).name());
    assertEquals(
        "Cat", new String(files.get(0).content().readAllBytes(), StandardCharsets.US_ASCII));
    assertEquals(Attachment.Kind.YENC, files.get(1).kind());
    assertEquals("two words.bin", files.get(1).name());
    assertEquals(
        "ABC", new String(files.get(1).content().readAllBytes(), StandardCharsets.US_ASCII));
  }

  @Test
  void searchTextHasAllHeadersAndTexts() throws IOException {
    String text = all(message(LETTER).searchText());
    for (String expected :
        List.of("Subject: Grüße folded", "Schöne   Grüße", "Subject: inner", "inner text")) {
      assertTrue(text.contains(expected), expected);
    }
    assertTrue(text.contains("Schöne Grüße"), "HTML without markup");
    assertTrue(!text.contains("SGVsbG8s"), "no base64");
  }

  @Test
  void aRangedSourceIsReadOnlyWhereItIsAskedFor() throws IOException {
    String filler = "A".repeat(76) + "\n";
    byte[] octets = octets(LETTER.replace("SGVsbG8s\n", "SGVsbG8s\n" + filler.repeat(10_000)));
    RangedSource source = new RangedSource(octets, 1000);
    Message indexed = Message.of(source);
    assertEquals(octets.length, source.given);
    source.given = 0;
    assertEquals("Grüße folded", indexed.subject());
    assertEquals(0, source.given);
    assertEquals("Schöne Grüße", indexed.preview(50));
    assertEquals("inner text", all(part(indexed, 3, 1).text()));
    assertEquals(2, indexed.attachments().size());
    assertTrue(source.given < 5000, "read " + source.given);
    assertEquals(all(Message.of(octets).searchText()), all(indexed.searchText()));
  }

  @Test
  void memoryIsNotCopied() throws IOException {
    byte[] octets = octets("Subject: x\n\nbody");
    Octets whole = Octets.of(octets);
    MessagePart root = Message.of(whole).root();
    Octets slice = OctetSource.of(whole).slice(0, octets.length);
    assertSame(whole, slice);
    octets[octets.length - 1] = '!';
    assertEquals("bod!", root.rawOctets().asAscii());
  }

  @Test
  void aFileIsASource(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("letter.eml"), octets(LETTER));
    try (FileChannel channel = FileChannel.open(file)) {
      Message letter = Message.of(OctetSource.of(channel));
      assertEquals(all(message(LETTER).searchText()), all(letter.searchText()));
    }
  }

  @Test
  void partNumbersAreThoseOfImap() {
    Message letter = message(LETTER);
    assertEquals("text/html", part(letter, 1, 2).mediaType());
    assertEquals("message/rfc822", part(letter, 3).mediaType());
    assertEquals("text/plain", part(letter, 3, 1).mediaType());
    assertNull(letter.part(4));
    assertNull(letter.part(3, 2));
    assertNull(letter.part(2, 1));
    assertEquals("text/plain", part(message("\nbody"), 1).mediaType());
  }
}
