package org.posthorn.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.store.UidSet;

/**
 * What a client with QRESYNC keeps of a mailbox from one connection to the next, strictly by RFC
 * 7162 section 6. It hears octets as they come and takes note of whole responses only, so that it
 * can be cut off anywhere.
 */
final class MailboxCache {
  private static final Pattern NUMBERED =
      Pattern.compile("\\* (\\d+) (EXISTS|EXPUNGE|FETCH)(?: \\((.*)\\))?");
  private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");
  private static final Pattern UID = Pattern.compile("UID (\\d+)");
  private static final Pattern MODSEQ = Pattern.compile("MODSEQ \\((\\d+)\\)");
  private static final Pattern VANISHED =
      Pattern.compile("\\* VANISHED (\\(EARLIER\\) )?([0-9:,]+)");
  private static final Pattern CODE =
      Pattern.compile("(\\S+) OK \\[(HIGHESTMODSEQ|UIDVALIDITY) (\\d+)].*");
  private static final Pattern SILENT =
      Pattern.compile("(?s).*STORE .*?([+-]?)FLAGS\\.SILENT \\(([^)]*)\\).*");
  private static final Pattern LITERAL = Pattern.compile("(?s).*\\{(\\d+)}\r\n");

  /** Flags by UID: what is kept. */
  private final TreeMap<Long, Set<String>> kept = new TreeMap<>();

  private long uidValidity;
  private long highestModSeq;

  // Of this connection only.

  /** UIDs by sequence number, 0 for those not known. */
  private final List<Long> numbers = new ArrayList<>();

  private final StringBuilder response = new StringBuilder();
  private int literalLeft;
  private String command = "";

  /** HIGHESTMODSEQ as last told since the last tagged response, else 0. */
  private long told;

  /** The greatest MODSEQ of a message since the last tagged response. */
  private long seen;

  /** From when a mailbox is opened until all that is in it is known. */
  private boolean synchronizing;

  private long pending;
  private long firstNew;

  /** One that knows nothing. */
  MailboxCache() {}

  /** What is left of another one when its connection is gone now. */
  MailboxCache(MailboxCache cutOff) {
    cutOff.kept.forEach((uid, flags) -> kept.put(uid, new TreeSet<>(flags)));
    uidValidity = cutOff.uidValidity;
    highestModSeq = cutOff.highestModSeq;
    numbers.addAll(cutOff.numbers);
    disconnected();
  }

  /** What opens the mailbox: with what is known of it, if anything is. */
  String select() {
    return uidValidity == 0 || highestModSeq == 0
        ? "SELECT INBOX"
        : "SELECT INBOX (QRESYNC (" + uidValidity + " " + highestModSeq + "))";
  }

  /** What asks for messages that are new, or for all. */
  String fetchNew() {
    return "UID FETCH " + firstNew + ":* (FLAGS)";
  }

  /** The client sends a command. */
  void sends(String text) {
    command = text;
    if (text.startsWith("SELECT")) {
      synchronizing = true;
      numbers.clear();
      if (highestModSeq == 0) {
        // Nothing tells what has happened to what little was read before.
        kept.clear();
      }
      // Going by what it knew: what it is told while it opens the mailbox may leave gaps.
      firstNew = kept.isEmpty() ? 1 : kept.lastKey() + 1;
    }
  }

  /** The connection is gone, whatever was on its way. */
  void disconnected() {
    // What is above a message that it does not know it would not ask for again.
    int known = 0;
    while (known < numbers.size() && kept.containsKey(numbers.get(known))) {
      known++;
    }
    numbers.subList(known, numbers.size()).forEach(kept::remove);
    numbers.clear();
    response.setLength(0);
    literalLeft = 0;
    synchronizing = false;
    told = 0;
    seen = 0;
  }

  void hear(byte[] octets, int from, int to) {
    for (int i = from; i < to; i++) {
      if (literalLeft > 0) {
        literalLeft--;
        continue;
      }
      response.append((char) (octets[i] & 0xff));
      if (octets[i] == '\n') {
        Matcher literal = LITERAL.matcher(response);
        if (literal.matches()) {
          literalLeft = Integer.parseInt(literal.group(1));
        } else {
          response.setLength(response.length() - 2);
          response(response.toString().replace("\r\n", ""));
          response.setLength(0);
        }
      }
    }
  }

  void hear(String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    hear(octets, 0, octets.length);
  }

  private void response(String text) {
    Matcher code = CODE.matcher(text);
    if (code.matches()) {
      long value = Long.parseLong(code.group(3));
      if (code.group(2).equals("HIGHESTMODSEQ")) {
        told = value;
      } else {
        validity(value);
      }
    }
    Matcher vanished = VANISHED.matcher(text);
    if (vanished.matches()) {
      vanished(UidSet.parse(vanished.group(2)), vanished.group(1) != null);
    }
    Matcher numbered = NUMBERED.matcher(text);
    if (numbered.matches()) {
      int number = Integer.parseInt(numbered.group(1));
      switch (numbered.group(2)) {
        case "EXISTS" -> exists(number);
        case "FETCH" -> fetched(number, String.valueOf(numbered.group(3)));
        default -> throw new AssertionError("EXPUNGE after ENABLE QRESYNC: " + text);
      }
    }
    if (!text.startsWith("*") && !text.startsWith("+")) {
      tagged();
    }
  }

  private void validity(long value) {
    if (value != uidValidity) {
      kept.clear();
      highestModSeq = 0;
      uidValidity = value;
    }
  }

  private void exists(int number) {
    if (number < numbers.size()) {
      throw new AssertionError("EXISTS " + number + " after " + numbers.size());
    }
    numbers.addAll(Collections.nCopies(number - numbers.size(), 0L));
  }

  private void vanished(UidSet uids, boolean earlier) {
    uids.forEachUid(
        uid -> {
          kept.remove(uid);
          int index = ViewReplay.find(numbers, uid);
          if (!earlier) {
            if (index < 0) {
              throw new AssertionError(uid + " vanished, but was not there");
            }
            numbers.remove(index);
          } else if (index >= 0 && numbers.get(index) == uid) {
            throw new AssertionError(uid + " vanished earlier, but it is there");
          }
        });
  }

  private void fetched(int number, String items) {
    if (number > numbers.size()) {
      throw new AssertionError("FETCH of " + number + " of " + numbers.size());
    }
    Matcher uid = UID.matcher(items);
    if (uid.find()) {
      numbers.set(number - 1, Long.parseLong(uid.group(1)));
    }
    long message = numbers.get(number - 1);
    Matcher flags = FLAGS.matcher(items);
    if (flags.find() && message != 0) {
      Set<String> all = new TreeSet<>(Arrays.asList(flags.group(1).split(" ")));
      all.removeAll(List.of("", "\\Recent"));
      kept.put(message, all);
    }
    Matcher modSeq = MODSEQ.matcher(items);
    if (modSeq.find()) {
      seen = Math.max(seen, Long.parseLong(modSeq.group(1)));
      Matcher silent = SILENT.matcher(command);
      if (!items.contains("FLAGS") && silent.matches() && kept.containsKey(message)) {
        stored(kept.get(message), silent.group(1), List.of(silent.group(2).split(" ")));
      }
    }
  }

  /** A silent STORE is confirmed by its MODSEQ alone. */
  private static void stored(Set<String> flags, String sign, List<String> changed) {
    if (sign.equals("-")) {
      changed.forEach(flags::remove);
      return;
    }
    if (sign.isEmpty()) {
      flags.clear();
    }
    flags.addAll(changed);
  }

  /** "Whenever the client receives a tagged response to a command …" */
  private void tagged() {
    if (command.startsWith("SELECT")) {
      int number = 0;
      for (long uid : kept.keySet()) {
        if (number < numbers.size()) {
          numbers.set(number++, uid);
        }
      }
      pending = told;
    } else if (synchronizing && command.startsWith("UID FETCH")) {
      synchronizing = false;
      highestModSeq = told > 0 ? told : Math.max(pending, seen);
    } else if (synchronizing) {
      throw new AssertionError("the client has to fetch what is new first");
    } else if (told > 0) {
      highestModSeq = told;
    } else {
      highestModSeq = Math.max(highestModSeq, seen);
    }
    told = 0;
    seen = 0;
  }

  /** Whether nothing is known of some of the messages that are there. */
  boolean lacksMessages() {
    return !kept.keySet().containsAll(numbers);
  }

  /** Flags by UID. */
  SortedMap<Long, Set<String>> kept() {
    return kept;
  }

  @Override
  public String toString() {
    return uidValidity + "/" + highestModSeq + " " + kept;
  }
}
