package org.posthorn.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Capabilities that are told without being asked for. The lines they travel in stay short: Commons
 * Net reads no status response of more than 500 octets. CAPABILITY tells all of them at any time.
 */
final class Announcement {
  /** Besides AUTH=, what a client may want to know before it logs in. */
  private static final Set<String> BEFORE_LOGIN =
      Set.of(
          "IMAP4rev1",
          "IMAP4rev2",
          "LOGINDISABLED",
          "LITERAL+",
          "LITERAL-",
          "SASL-IR",
          "STARTTLS",
          "ENABLE",
          "ID",
          "COMPRESS=DEFLATE",
          "UTF8=ACCEPT");

  private Announcement() {}

  /** For the greeting: what matters before login. */
  static ResponseCode greeting(Session session) {
    List<String> initial = new ArrayList<>();
    for (String capability : session.capabilities()) {
      if (capability.startsWith("AUTH=") || BEFORE_LOGIN.contains(capability)) {
        initial.add(capability);
      }
    }
    return ResponseCode.capability(initial);
  }
}
