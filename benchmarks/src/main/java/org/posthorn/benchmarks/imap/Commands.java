package org.posthorn.benchmarks.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** IMAP commands to read, as clients send them. */
final class Commands {
  private static final String CRLF = "\r\n";

  private static final int VARIANTS = 4_096;
  private static final List<String> FIELDS =
      List.of(
          "From",
          "To",
          "Cc",
          "Subject",
          "Date",
          "Message-ID",
          "References",
          "In-Reply-To",
          "Content-Type");

  private Commands() {}

  /**
   * The command of that name in as many forms as a run goes through: of {@code fetch-new} more than
   * a server remembers, the header fields in ever another order; of all others one.
   */
  static byte[][] variants(String name) {
    if (!name.equals("fetch-new")) {
      return new byte[][] {of(name)};
    }
    Random random = new Random(8);
    byte[][] variants = new byte[VARIANTS][];
    for (int i = 0; i < VARIANTS; i++) {
      List<String> fields = new ArrayList<>(FIELDS);
      Collections.shuffle(fields, random);
      variants[i] = fetch(fields).getBytes(StandardCharsets.US_ASCII);
    }
    return variants;
  }

  private static String fetch(List<String> fields) {
    return "A142 UID FETCH 4711:4810 (UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS ("
        + String.join(" ", fields)
        + ")])\r\n";
  }

  /** The command of that name, whole. */
  static byte[] of(String name) {
    return text(name).getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(String name) {
    return switch (name) {
      case "fetch", "fetch-new" -> fetch(FIELDS);
      case "login" -> "A1 LOGIN \"fred@example.org\" \"secret\"\r\n";
      case "search" ->
          "A7 SEARCH UNSEEN UNDELETED SINCE 1-Feb-2024 FROM \"alice@example.org\""
              + " SUBJECT \"quarterly report\" LARGER 10000 OR FLAGGED ANSWERED\r\n";
      case "store" -> "A9 UID STORE 4711:4720,4733 +FLAGS.SILENT (\\Seen \\Deleted)\r\n";
      case "append" ->
          "A12 APPEND \"Sent\" (\\Seen) \"17-Jul-2024 02:44:25 -0700\" {26+}"
              + CRLF
              + "Subject: a message, short."
              + CRLF;
      default -> throw new IllegalArgumentException("no command " + name);
    };
  }
}
