package org.posthorn.benchmarks.imap;

import java.nio.charset.StandardCharsets;

/** IMAP commands to read, as clients send them. */
final class Commands {
  private static final String CRLF = "\r\n";

  private Commands() {}

  /** The command of that name, whole. */
  static byte[] of(String name) {
    return text(name).getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(String name) {
    return switch (name) {
      case "fetch" ->
          "A142 UID FETCH 4711:4810 (UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS (From To Cc"
              + " Subject Date Message-ID References In-Reply-To Content-Type)])\r\n";
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
