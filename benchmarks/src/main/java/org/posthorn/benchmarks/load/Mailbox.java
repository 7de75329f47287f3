package org.posthorn.benchmarks.load;

import java.io.IOException;

/** Fills the mailbox that a scenario works on; it is taken over as it is when it is full. */
final class Mailbox {
  private static final int APPENDED = 1000;
  private static final int COPIED_AT_ONCE = 10_000;

  private Mailbox() {}

  /** Makes an empty mailbox of a name that is the scenario's own. */
  static void renew(Imap client, String name) throws IOException {
    client.attempt("DELETE " + name);
    client.command("CREATE " + name);
  }

  /** Selects, and tells how many messages there are. */
  static int select(Imap client, String name) throws IOException {
    client.command("STATUS " + name + " (MESSAGES)");
    int messages = (int) client.number("MESSAGES (\\d+)");
    client.command("SELECT " + name);
    return messages;
  }

  /**
   * Appends messages that differ from each other until the mailbox has as many.
   *
   * @param octets size of each
   */
  static void fill(Imap client, String name, int messages, int octets) throws IOException {
    for (int have = select(client, name); have < messages; have++) {
      client.append(name, Mail.message(have, octets));
    }
    select(client, name);
  }

  /** Appends some messages and copies them again and again, which is faster by far. */
  static void grow(Imap client, String name, int messages, int octets) throws IOException {
    fill(client, name, Math.min(messages, APPENDED), octets);
    for (int have = select(client, name); have < messages; have = select(client, name)) {
      int more = Math.min(Math.min(have, messages - have), COPIED_AT_ONCE);
      client.command("COPY 1:" + more + " " + name);
    }
  }
}
