package org.posthorn.benchmarks.load;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a run was told on the command line.
 *
 * @param port where the scenario's protocol is spoken
 * @param imapPort where mailboxes are filled by IMAP for a POP3 scenario
 * @param pid root of the server's processes, 0 for none: no CPU is told then
 * @param messages how many messages the mailbox has, or the largest of several sizes
 * @param octets size of the messages that are made or sent
 * @param seconds how long each thing is repeated
 * @param warmup how long before, untold
 * @param connections how many at once, where a scenario has many
 * @param lmtp greet with LHLO
 */
record Settings(
    String scenario,
    String host,
    int port,
    int imapPort,
    String user,
    String password,
    long pid,
    int messages,
    int octets,
    double seconds,
    double warmup,
    int connections,
    boolean lmtp) {
  private static final Set<String> KNOWN =
      Set.of(
          "scenario",
          "host",
          "port",
          "imap-port",
          "user",
          "password",
          "pid",
          "messages",
          "octets",
          "seconds",
          "warmup",
          "connections",
          "lmtp");

  /** Reads {@code --name value} pairs. */
  static Settings of(String[] args) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      String name = args[i].startsWith("--") ? args[i].substring(2) : "";
      if (!KNOWN.contains(name) || i + 1 == args.length) {
        throw new IllegalArgumentException("not understood: " + args[i]);
      }
      given.put(name, args[i + 1]);
    }
    if (!given.containsKey("scenario") || !given.containsKey("port")) {
      throw new IllegalArgumentException("--scenario and --port are needed");
    }
    int port = Integer.parseInt(given.getOrDefault("port", ""));
    double seconds = Double.parseDouble(given.getOrDefault("seconds", "5"));
    return new Settings(
        given.getOrDefault("scenario", ""),
        given.getOrDefault("host", "127.0.0.1"),
        port,
        Integer.parseInt(given.getOrDefault("imap-port", String.valueOf(port))),
        given.getOrDefault("user", "bench0"),
        given.getOrDefault("password", "secret"),
        Long.parseLong(given.getOrDefault("pid", "0")),
        Integer.parseInt(given.getOrDefault("messages", "0")),
        Integer.parseInt(given.getOrDefault("octets", "0")),
        seconds,
        Double.parseDouble(given.getOrDefault("warmup", String.valueOf(seconds))),
        Integer.parseInt(given.getOrDefault("connections", "0")),
        Boolean.parseBoolean(given.getOrDefault("lmtp", "false")));
  }

  /** The number given, or else the scenario's own. */
  int messages(int otherwise) {
    return messages == 0 ? otherwise : messages;
  }

  /** The size given, or else the scenario's own. */
  int octets(int otherwise) {
    return octets == 0 ? otherwise : octets;
  }

  /** The number given, or else the scenario's own. */
  int connections(int otherwise) {
    return connections == 0 ? otherwise : connections;
  }
}
