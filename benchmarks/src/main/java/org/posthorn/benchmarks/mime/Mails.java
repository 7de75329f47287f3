package org.posthorn.benchmarks.mime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Messages to measure with; the same ones every time. */
public final class Mails {

  private static final String[] WORDS =
      ("the of and to in is you that it he was for on are as with his they at be this have from or"
              + " one had by word but not what all were we when your can said there use an each which"
              + " she do how their if will up other about out many then them these so some her would"
              + " make like him into time has look two more write go see number no way could people")
          .split(" ", -1);

  private Mails() {}

  /**
   * The set of that name: {@code ordinary} (400 messages of 8 kB), {@code headers} (400 headers
   * with a line of text), {@code big} (an attachment of 15 MB, 20 MB in base64), {@code parts}
   * (10,000 parts, the message among them), {@code header} (one of 1 MB), {@code deep60} and {@code
   * deep120} (multiparts within each other), {@code corpus} (real mail).
   *
   * @throws IOException if the corpus is asked for and cannot be read
   */
  public static byte[][] set(String name) throws IOException {
    return switch (name) {
      case "ordinary" -> ordinary(400);
      case "headers" -> headers(400);
      case "big" -> new byte[][] {big(15_000_000)};
      case "parts" -> new byte[][] {manyParts(9_999)};
      case "header" -> new byte[][] {bigHeader(1_000_000)};
      case "deep60" -> new byte[][] {deep(60)};
      case "deep120" -> new byte[][] {deep(120)};
      case "corpus" -> corpus();
      default -> throw new IllegalArgumentException("no set " + name);
    };
  }

  /** As many ordinary messages of about 8 kB: plain, alternative, with attachment, nested. */
  private static byte[][] ordinary(int count) {
    byte[][] mails = new byte[count][];
    for (int i = 0; i < count; i++) {
      SplittableRandom random = new SplittableRandom(i);
      StringBuilder mail = new StringBuilder(header(i, random));
      switch (i % 4) {
        case 0 -> plain(mail, random, 6_600);
        case 1 -> alternative(mail, random);
        case 2 -> attachment(mail, random);
        default -> nested(mail, random);
      }
      mails[i] = octets(mail);
    }
    return mails;
  }

  /** As many headers, each with a short text. */
  private static byte[][] headers(int count) {
    byte[][] mails = new byte[count][];
    for (int i = 0; i < count; i++) {
      mails[i] =
          octets(new StringBuilder(header(i, new SplittableRandom(i))).append("\r\ntext\r\n"));
    }
    return mails;
  }

  /**
   * The files of the folder that {@code POSTHORN_CORPUS} names which are single messages.
   *
   * @throws IOException if there is none
   */
  private static byte[][] corpus() throws IOException {
    Path root = Path.of(System.getenv().getOrDefault("POSTHORN_CORPUS", "../shared/corpus"));
    List<byte[]> mails = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".eml")).sorted().toList()) {
        mails.add(Files.readAllBytes(file));
      }
    }
    return mails.toArray(new byte[0][]);
  }

  private static String header(int i, SplittableRandom random) {
    String id = Long.toHexString(random.nextLong());
    return "Return-Path: <sender"
        + i
        + "@example.net>\r\n"
        + "Received: from mx.example.net (mx.example.net [192.0.2."
        + i % 250
        + "])\r\n"
        + "\tby mail.example.org (Postfix) with ESMTPS id "
        + id
        + "\r\n"
        + "\tfor <receiver@example.org>; Fri, 21 Nov 1997 09:55:06 -0600 (CST)\r\n"
        + "Received: from client.example.net (unknown [198.51.100.7])\r\n"
        + "\tby mx.example.net (Postfix) with ESMTPSA id "
        + id
        + "1;\r\n"
        + "\tFri, 21 Nov 1997 09:55:05 -0600 (CST)\r\n"
        + "Date: Fri, 21 Nov 1997 09:55:0"
        + i % 10
        + " -0600\r\n"
        + "From: Sender Number "
        + i
        + " <sender"
        + i
        + "@example.net>\r\n"
        + "To: \"Receiver, The\" <receiver@example.org>, second@example.org\r\n"
        + "Cc: Third Person <third@example.com>\r\n"
        + "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= number "
        + i
        + " about "
        + words(random, 5)
        + "\r\n"
        + "Message-ID: <"
        + id
        + "."
        + i
        + "@example.net>\r\n"
        + "References: <"
        + id
        + ".a@example.net> <"
        + id
        + ".b@example.net>\r\n"
        + "User-Agent: Mailer 1.0 (X11; Linux)\r\n"
        + "MIME-Version: 1.0\r\n";
  }

  private static void plain(StringBuilder mail, SplittableRandom random, int size) {
    mail.append("Content-Type: text/plain; charset=utf-8\r\n");
    mail.append("Content-Transfer-Encoding: quoted-printable\r\n\r\n");
    quotedText(mail, random, size);
  }

  private static void quotedText(StringBuilder mail, SplittableRandom random, int size) {
    int end = mail.length() + size;
    while (mail.length() < end) {
      mail.append(words(random, 9)).append(random.nextInt(4) == 0 ? " =C3=A4=3D" : "");
      mail.append(random.nextInt(3) == 0 ? "=\r\n" : "\r\n");
    }
  }

  private static void alternative(StringBuilder mail, SplittableRandom random) {
    mail.append("Content-Type: multipart/alternative; boundary=\"----=_Part_1\"\r\n\r\n");
    mail.append("------=_Part_1\r\n");
    plain(mail, random, 2_600);
    mail.append("\r\n------=_Part_1\r\n");
    mail.append("Content-Type: text/html; charset=utf-8\r\n");
    mail.append("Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>\r\n");
    quotedText(mail, random, 3_600);
    mail.append("</body></html>\r\n------=_Part_1--\r\n");
  }

  private static void attachment(StringBuilder mail, SplittableRandom random) {
    mail.append("Content-Type: multipart/mixed; boundary=\"----=_Part_2\"\r\n\r\n");
    mail.append("------=_Part_2\r\n");
    plain(mail, random, 1_800);
    mail.append("\r\n------=_Part_2\r\n");
    mail.append("Content-Type: application/pdf; name=\"report.pdf\"\r\n");
    mail.append("Content-Disposition: attachment; filename=\"report.pdf\"\r\n");
    mail.append("Content-Transfer-Encoding: base64\r\n\r\n");
    mail.append(base64(random, 3_100));
    mail.append("\r\n------=_Part_2--\r\n");
  }

  private static void nested(StringBuilder mail, SplittableRandom random) {
    mail.append("Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n");
    alternative(mail, random);
    mail.append("\r\n--outer\r\nContent-Type: message/rfc822\r\n\r\n");
    mail.append(
        "From: inner@example.net\r\nTo: other@example.net\r\nSubject: inner\r\n\r\ntext\r\n");
    mail.append("\r\n--outer--\r\n");
  }

  private static String words(SplittableRandom random, int count) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < count; i++) {
      words.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return words.toString();
  }

  private static String base64(SplittableRandom random, int octets) {
    byte[] content = new byte[octets];
    random.nextBytes(content);
    return Base64.getMimeEncoder().encodeToString(content);
  }

  /** A message with one attachment of that many octets in base64. */
  private static byte[] big(int octets) {
    StringBuilder mail = new StringBuilder(header(1, new SplittableRandom(1)));
    mail.append("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee below\r\n--b\r\n");
    mail.append("Content-Type: application/octet-stream; name=big.bin\r\n");
    mail.append("Content-Transfer-Encoding: base64\r\n\r\n");
    mail.append(base64(new SplittableRandom(2), octets)).append("\r\n--b--\r\n");
    return octets(mail);
  }

  /** A message with that many small parts. */
  private static byte[] manyParts(int parts) {
    StringBuilder mail = new StringBuilder(header(1, new SplittableRandom(1)));
    mail.append("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
    for (int i = 0; i < parts; i++) {
      mail.append("--b\r\nContent-Type: text/plain; name=part")
          .append(i)
          .append("\r\n\r\ntext\r\n");
    }
    return octets(mail.append("--b--\r\n"));
  }

  /** A message whose header has that many octets. */
  private static byte[] bigHeader(int octets) {
    StringBuilder mail = new StringBuilder(header(1, new SplittableRandom(1)));
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; mail.length() < octets; i++) {
      mail.append("X-Field-").append(i).append(": ").append(words(random, 9));
      mail.append("\r\n\t").append(words(random, 9)).append("\r\n");
    }
    return octets(mail.append("\r\ntext\r\n"));
  }

  /** Multiparts within each other. */
  private static byte[] deep(int levels) {
    StringBuilder mail = new StringBuilder("Subject: deep\r\n");
    for (int i = 0; i < levels; i++) {
      mail.append("Content-Type: multipart/mixed; boundary=level").append(i).append("x\r\n\r\n");
      mail.append("--level").append(i).append("x\r\n\r\ntext of level ").append(i);
      mail.append("\r\nwith some lines\r\n--level").append(i).append("x\r\n");
    }
    mail.append("Content-Type: text/plain\r\n\r\nthe innermost\r\n");
    for (int i = levels - 1; i >= 0; i--) {
      mail.append("\r\n--level").append(i).append("x--\r\n");
    }
    return octets(mail);
  }

  /** A quoted-printable text of about that many octets. */
  public static byte[] quotedPrintable(int octets) {
    StringBuilder text = new StringBuilder();
    quotedText(text, new SplittableRandom(4), octets);
    return octets(text);
  }

  /** Base64 in lines of 76 of that many octets. */
  public static byte[] base64(int octets) {
    return base64(new SplittableRandom(5), octets).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] octets(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
