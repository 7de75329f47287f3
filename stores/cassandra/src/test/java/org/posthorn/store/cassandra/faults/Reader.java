package org.posthorn.store.cassandra.faults;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.store.UidSet;

/** Reads the truth at the end, all octets of it. */
final class Reader {
  private static final Pattern CODE = Pattern.compile("\\[(UIDVALIDITY|HIGHESTMODSEQ) (\\d+)]");
  private static final Pattern ROW =
      Pattern.compile(
          "\\* \\d+ FETCH \\(UID (\\d+) FLAGS \\(([^)]*)\\) MODSEQ \\((\\d+)\\) INTERNALDATE"
              + " \"([^\"]*)\" BODY\\[\\] \\{\\d+}\r\n(.*)\\)",
          Pattern.DOTALL);
  private static final Pattern SEARCH = Pattern.compile("\\* SEARCH ?([\\d ]*).*");

  private Reader() {}

  static void read(Recorder recorder, int port, List<String> mailboxes) throws IOException {
    try (Wire wire = new Wire(port)) {
      require(wire.command("LOGIN soak soak", line -> {}));
      for (String mailbox : mailboxes) {
        read(recorder, wire, mailbox);
      }
    }
  }

  private static void require(String answer) throws IOException {
    if (!answer.startsWith("OK")) {
      throw new IOException(answer);
    }
  }

  private static void read(Recorder recorder, Wire wire, String mailbox) throws IOException {
    Map<String, Long> codes = new HashMap<>();
    require(
        wire.command(
            "EXAMINE " + mailbox + " (CONDSTORE)",
            line -> {
              Matcher code = CODE.matcher(line);
              if (code.find()) {
                codes.put(code.group(1), Long.valueOf(code.group(2)));
              }
            }));
    UidSet.Builder uids = UidSet.builder();
    require(
        wire.command(
            "UID SEARCH ALL",
            line -> {
              Matcher found = SEARCH.matcher(line);
              if (found.matches()) {
                for (String uid : found.group(1).strip().split(" ", -1)) {
                  if (!uid.isEmpty()) {
                    uids.add(Long.parseLong(uid));
                  }
                }
              }
            }));
    Map<Long, Event.Message> rows = new TreeMap<>();
    UidSet all = uids.build();
    if (!all.isEmpty()) {
      require(
          wire.command(
              "UID FETCH 1:* (UID FLAGS MODSEQ INTERNALDATE BODY.PEEK[])",
              line -> {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                  rows.put(Long.valueOf(row.group(1)), message(mailbox, row));
                } else if (line.contains(" FETCH ")) {
                  throw new IllegalStateException(line);
                }
              }));
    }
    recorder.add(
        new Event.Truth(
            mailbox,
            codes.getOrDefault("UIDVALIDITY", 0L),
            codes.getOrDefault("HIGHESTMODSEQ", 0L),
            all));
    rows.values().forEach(recorder::add);
  }

  private static Event.Message message(String mailbox, Matcher row) {
    long number = SentMessage.number(row.group(4));
    boolean good = SentMessage.octets(number).equals(row.group(5));
    return new Event.Message(
        mailbox,
        Long.parseLong(row.group(1)),
        Long.parseLong(row.group(3)),
        number,
        good ? "good" : "bad",
        Client.flags(row.group(2)));
  }
}
