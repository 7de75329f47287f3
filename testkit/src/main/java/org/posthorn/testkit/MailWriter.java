package org.posthorn.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;
import org.posthorn.mime.MailDate;
import org.posthorn.mime.QuotedPrintableEncoder;

/** Writes one generated message. */
final class MailWriter {

  private static final int MAX_DEPTH = 5;
  private static final long FIRST_SECOND = 946_684_800L;
  private static final int YEARS_OF_SECONDS = 20 * 365 * 86_400;

  private final SplittableRandom random;
  private final int number;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int boundaries;

  MailWriter(SplittableRandom random, int number) {
    this.random = random;
    this.number = number;
  }

  /** A message of any kind but the malformed. */
  byte[] any() {
    return switch (random.nextInt(5)) {
      case 0 -> plain();
      case 1 -> multilingual();
      case 2 -> alternative();
      case 3 -> attachments();
      default -> nested();
    };
  }

  byte[] plain() {
    header(MailWords.sentence(random, 0));
    textPart(0, "plain");
    return out.toByteArray();
  }

  byte[] multilingual() {
    int language = random.nextInt(MailWords.LANGUAGES);
    header(MailWords.encodedWords(MailWords.sentence(random, language), random));
    textPart(language, "plain");
    return out.toByteArray();
  }

  byte[] alternative() {
    header(MailWords.sentence(random, 0));
    alternativePart();
    return out.toByteArray();
  }

  byte[] attachments() {
    header(MailWords.sentence(random, 0));
    String boundary = multipart("mixed");
    delimiter(boundary);
    textPart(random.nextInt(MailWords.LANGUAGES), "plain");
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      delimiter(boundary);
      attachment();
    }
    close(boundary);
    return out.toByteArray();
  }

  byte[] nested() {
    header(MailWords.sentence(random, 0));
    part(MAX_DEPTH);
    return out.toByteArray();
  }

  private void header(String subject) {
    for (int i = random.nextInt(4); i > 0; i--) {
      line("Received: from " + host() + " by " + host() + " with ESMTP id " + hex() + ";");
      line("\t" + date());
    }
    line("From: " + address());
    line("To: " + address() + (random.nextBoolean() ? "" : ",\r\n " + address()));
    if (random.nextInt(4) == 0) {
      line("Cc: undisclosed-recipients:;");
    }
    line("Subject: " + subject);
    line("Date: " + date());
    line("Message-ID: <" + number + "." + hex() + "@example.org>");
    line("MIME-Version: 1.0");
  }

  private void part(int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(5);
    switch (kind) {
      case 0 -> textPart(random.nextInt(MailWords.LANGUAGES), "plain");
      case 1 -> alternativePart();
      case 2 -> message(depth);
      default -> {
        String boundary = multipart(kind == 3 ? "mixed" : "related");
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          delimiter(boundary);
          part(depth - 1);
        }
        close(boundary);
      }
    }
  }

  private void message(int depth) {
    line("Content-Type: message/rfc822");
    line("");
    header(MailWords.sentence(random, 0));
    part(depth - 1);
  }

  private void alternativePart() {
    String boundary = multipart("alternative");
    int language = random.nextInt(MailWords.LANGUAGES);
    delimiter(boundary);
    textPart(language, "plain");
    delimiter(boundary);
    textPart(language, "html");
    close(boundary);
  }

  private void textPart(int language, String subtype) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      String sentence = MailWords.sentence(random, language);
      text.append(subtype.equals("html") ? "<p>" + sentence + "</p>" : sentence).append("\r\n");
    }
    Charset charset = MailWords.charset(language, random);
    byte[] octets = text.toString().getBytes(charset);
    line("Content-Type: text/" + subtype + "; charset=" + charset.name().toLowerCase(Locale.ROOT));
    boolean sevenBit = isAscii(octets);
    switch (random.nextInt(3)) {
      case 0 -> {
        line("Content-Transfer-Encoding: " + (sevenBit ? "7bit" : "8bit"));
        line("");
        out.writeBytes(octets);
      }
      case 1 -> {
        line("Content-Transfer-Encoding: quoted-printable");
        line("");
        out.writeBytes(quotedPrintable(octets));
        line("");
      }
      default -> base64(octets);
    }
  }

  private void attachment() {
    byte[] octets = new byte[random.nextInt(6_000)];
    random.nextBytes(octets);
    line("Content-Type: application/octet-stream");
    line(
        switch (random.nextInt(4)) {
          case 0 -> "Content-Disposition: attachment; filename=" + hex() + ".bin";
          case 1 -> "Content-Disposition: attachment;\r\n filename=\"a \\\"quoted\\\" name.bin\"";
          case 2 -> "Content-Disposition: attachment;\r\n filename*=utf-8''%E2%82%AC%20rates.bin";
          default ->
              "Content-Disposition: attachment;\r\n filename*1*=%E2%82%AC.bin;\r\n"
                  + " filename*0=\"long name \"";
        });
    base64(octets);
  }

  private void base64(byte[] octets) {
    line("Content-Transfer-Encoding: base64");
    line("");
    out.writeBytes(Base64.getMimeEncoder().encode(octets));
    line("");
  }

  private static byte[] quotedPrintable(byte[] octets) {
    ByteBuffer encoded = ByteBuffer.allocate(octets.length * 4 + 64);
    QuotedPrintableEncoder encoder = QuotedPrintableEncoder.ofText();
    encoder.convert(ByteBuffer.wrap(octets), encoded);
    encoder.finish(encoded);
    byte[] result = new byte[encoded.position()];
    encoded.flip().get(result);
    return result;
  }

  private String multipart(String subtype) {
    String boundary = "=_" + boundaries++ + (random.nextBoolean() ? " " : "-") + hex();
    line("Content-Type: multipart/" + subtype + ";");
    line(" boundary=\"" + boundary + "\"");
    line("");
    if (random.nextBoolean()) {
      line("This is a multi-part message in MIME format.");
    }
    return boundary;
  }

  private void delimiter(String boundary) {
    line("");
    line("--" + boundary);
  }

  private void close(String boundary) {
    line("");
    line("--" + boundary + "--");
  }

  private String address() {
    String spec = MailWords.word(random) + "@" + host();
    return switch (random.nextInt(5)) {
      case 0 -> spec;
      case 1 -> "\"" + MailWords.word(random) + ", " + MailWords.word(random) + "\" <" + spec + ">";
      case 2 -> spec + " (" + MailWords.word(random) + ")";
      case 3 -> "=?utf-8?q?J=C3=BCrgen?= <" + spec + ">";
      default -> MailWords.word(random) + " <" + spec + ">";
    };
  }

  private String host() {
    return MailWords.word(random) + ".example." + (random.nextBoolean() ? "org" : "net");
  }

  private String hex() {
    return Integer.toHexString(random.nextInt(0x1000, Integer.MAX_VALUE));
  }

  private String date() {
    long second = FIRST_SECOND + random.nextInt(YEARS_OF_SECONDS);
    ZoneOffset zone = ZoneOffset.ofTotalSeconds(random.nextInt(-22, 29) * 1_800);
    return MailDate.format(OffsetDateTime.ofInstant(Instant.ofEpochSecond(second), zone));
  }

  private void line(String line) {
    out.writeBytes((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isAscii(byte[] octets) {
    for (byte octet : octets) {
      if (octet < 0 || octet == 27) {
        return false;
      }
    }
    return true;
  }
}
