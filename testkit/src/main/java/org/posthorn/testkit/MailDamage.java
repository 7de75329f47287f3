package org.posthorn.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Damages messages the way that real ones are damaged. */
final class MailDamage {

  private static final String[] ODD_LINES = {
    "no colon in this line",
    "Subject: a second one",
    "Content-Type: text",
    "Content-Type: multipart/mixed",
    "Content-Type: multipart/mixed; boundary=",
    "Content-Type: ; charset=\"unclosed",
    "Content-Transfer-Encoding: x-unknown",
    "To: <a@b, \"unclosed (comment",
    "From: group: a@b, <@route:c@d>;, \\",
    "Date: yesterday",
    "\t continuation of nothing",
    "X-Eight-Bit: caf\u00e9 \u00a0",
    "--",
    "----=_0",
    "=?utf-8?q?open",
    "From someone@example.org Fri Feb 22 17:06:23 2008",
    ".",
    "..",
    "",
  };

  private MailDamage() {}

  /** Changes some lines; the result still has CRLF line ends only. */
  static byte[] damage(byte[] message, SplittableRandom random) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    List<String> lines = new ArrayList<>(List.of(text.split("\r\n", -1)));
    lines.remove(lines.size() - 1);
    for (int i = random.nextInt(1, 5); i > 0 && !lines.isEmpty(); i--) {
      damageOnce(lines, random);
    }
    StringBuilder damaged = new StringBuilder();
    lines.forEach(line -> damaged.append(line).append("\r\n"));
    return damaged.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void damageOnce(List<String> lines, SplittableRandom random) {
    int at = random.nextInt(lines.size());
    int header = Math.max(1, lines.indexOf(""));
    String odd = ODD_LINES[random.nextInt(ODD_LINES.length)];
    switch (random.nextInt(8)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, odd);
      case 2 -> lines.add(random.nextInt(header), odd);
      case 3 -> lines.remove("");
      case 4 -> lines.removeIf(line -> line.startsWith("--") && line.endsWith("--"));
      case 5 -> lines.subList(at, lines.size()).clear();
      case 6 -> lines.set(at, lines.get(at).repeat(random.nextInt(2, 40)));
      default -> lines.add(at, lines.get(random.nextInt(lines.size())));
    }
  }

  /** Makes some line ends bare, adds NULs, and may cut the end off. */
  static byte[] roughen(byte[] message, SplittableRandom random) {
    ByteArrayOutputStream rough = new ByteArrayOutputStream(message.length);
    int length = message.length - random.nextInt(3);
    for (int i = 0; i < length; i++) {
      boolean lineEnd = message[i] == '\r' || message[i] == '\n';
      if (!lineEnd || random.nextInt(8) != 0) {
        rough.write(message[i]);
      }
      if (random.nextInt(500) == 0) {
        rough.write(0);
      }
    }
    return rough.toByteArray();
  }
}
