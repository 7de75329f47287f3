package org.posthorn.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Messages of a given size: eleven header fields, two alternatives. */
final class Mail {
  private static final String TEXT =
      "The figures of the last quarter are in the annex, and the comments of the board with"
          + " them.\r\n";

  private Mail() {}

  /**
   * A message that no other number has.
   *
   * @param octets exact size, at least 1000
   */
  static ByteBuffer message(int number, int octets) {
    String boundary = "=_part_" + number;
    StringBuilder text = new StringBuilder(octets);
    text.append("Return-Path: <sender")
        .append(number % 50)
        .append("@example.org>\r\n")
        .append("Received: from mail.example.org (mail.example.org [192.0.2.7])\r\n")
        .append("\tby mx.example.com with ESMTPS id q")
        .append(number)
        .append("x;\r\n")
        .append("\tSun, 22 Nov 2026 10:00:00 +0000\r\n")
        .append("Date: Sun, 22 Nov 2026 10:")
        .append(two(number / 60))
        .append(':')
        .append(two(number))
        .append(" +0000\r\n")
        .append("From: Sender Number ")
        .append(number % 50)
        .append(" <sender")
        .append(number % 50)
        .append("@example.org>\r\n")
        .append("To: \"Bench, A.\" <bench0@example.com>, Other <other@example.com>\r\n")
        .append("Cc: team@example.com\r\n")
        .append("Subject: Report ")
        .append(number)
        .append(" of the quarter\r\n")
        .append("Message-ID: <")
        .append(number)
        .append(".bench@mail.example.org>\r\n")
        .append("MIME-Version: 1.0\r\n")
        .append("Content-Type: multipart/alternative; boundary=\"")
        .append(boundary)
        .append("\"\r\n\r\n")
        .append("--")
        .append(boundary)
        .append("\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n")
        .append(TEXT)
        .append("\r\n--")
        .append(boundary)
        .append("\r\nContent-Type: text/html; charset=utf-8\r\n")
        .append("Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>");
    String end = "</p>\r\n--" + boundary + "--\r\n";
    while (text.length() + TEXT.length() + end.length() <= octets) {
      text.append(TEXT);
    }
    while (text.length() + end.length() < octets) {
      text.append('x');
    }
    text.append(end);
    if (text.length() != octets) {
      throw new IllegalArgumentException("no message has " + octets + " octets");
    }
    return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static String two(int number) {
    int digits = number % 60;
    return digits < 10 ? "0" + digits : String.valueOf(digits);
  }
}
