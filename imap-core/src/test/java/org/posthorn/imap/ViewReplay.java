package org.posthorn.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.store.UidSet;

/**
 * What a client believes of its mailbox, from the responses alone. Each message is its flags; an
 * EXPUNGE where none is allowed, a number out of range or an EXISTS that shrinks is an error.
 */
final class ViewReplay {
  private static final Pattern NUMBERED = Pattern.compile("\\* (\\d+) (EXISTS|EXPUNGE|FETCH)(.*)");
  private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");

  private static final Pattern UID = Pattern.compile("UID (\\d+)");
  private static final Pattern VANISHED = Pattern.compile("\\* VANISHED ([0-9:,]+)");

  /** UIDs by sequence number; 0 where the client has not been told. */
  private final List<Long> uids = new ArrayList<>();

  /** Flags by sequence number; null where the client has not been told. */
  private final List<String> flags = new ArrayList<>();

  void selected(int exists) {
    flags.clear();
    uids.clear();
    exists(exists);
  }

  /** The client changed flags without being told of the outcome. */
  void forget() {
    flags.replaceAll(known -> "?");
  }

  void hear(String responses, boolean expungeAllowed) {
    responses.lines().forEach(line -> line(line, expungeAllowed));
  }

  /** Whether messages came of which the client does not know the UIDs. */
  boolean lacksUids() {
    return uids.contains(0L);
  }

  private void vanished(String set, String line, boolean allowed) {
    if (!allowed) {
      throw new AssertionError("VANISHED is not allowed here: " + line);
    }
    UidSet.parse(set)
        .forEachUid(
            uid -> {
              int index = find(uids, uid);
              if (index < 0) {
                throw new AssertionError("UID " + uid + " was not in the view: " + line);
              }
              uids.remove(index);
              flags.remove(index);
            });
  }

  /** Where a UID is, be it known or one of the unknown behind those that are smaller; else -1. */
  static int find(List<Long> uids, long uid) {
    int unknown = -1;
    for (int i = 0; i < uids.size() && uids.get(i) <= uid; i++) {
      if (uids.get(i) == uid) {
        return i;
      }
      unknown = uids.get(i) != 0 ? -1 : unknown < 0 ? i : unknown;
    }
    return unknown;
  }

  private void line(String line, boolean expungeAllowed) {
    Matcher vanished = VANISHED.matcher(line);
    if (vanished.matches()) {
      vanished(vanished.group(1), line, expungeAllowed);
      return;
    }
    Matcher numbered = NUMBERED.matcher(line);
    if (!numbered.matches()) {
      return;
    }
    int number = Integer.parseInt(numbered.group(1));
    switch (numbered.group(2)) {
      case "EXISTS" -> exists(number);
      case "EXPUNGE" -> {
        if (!expungeAllowed) {
          throw new AssertionError("EXPUNGE is not allowed here: " + line);
        }
        require(number, line);
        flags.remove(number - 1);
        uids.remove(number - 1);
      }
      default -> {
        require(number, line);
        Matcher uid = UID.matcher(numbered.group(3));
        if (uid.find()) {
          learn(number, Long.parseLong(uid.group(1)), line);
        }
        Matcher told = FLAGS.matcher(numbered.group(3));
        if (told.find()) {
          flags.set(number - 1, told.group(1).replaceAll(" ?\\\\Recent", ""));
        }
      }
    }
  }

  private void exists(int number) {
    if (number < flags.size()) {
      throw new AssertionError("EXISTS " + number + " after " + flags.size());
    }
    while (flags.size() < number) {
      flags.add("?");
      uids.add(0L);
    }
  }

  private void learn(int number, long uid, String line) {
    long known = uids.set(number - 1, uid);
    if (known != 0 && known != uid) {
      throw new AssertionError("number " + number + " was UID " + known + ": " + line);
    }
  }

  private void require(int number, String line) {
    if (number < 1 || number > flags.size()) {
      throw new AssertionError("there are " + flags.size() + " messages: " + line);
    }
  }

  /** Whether the truth, as fetched afterwards, is what the client believes. */
  boolean agrees(List<String> truth) {
    if (truth.size() != flags.size()) {
      return false;
    }
    for (int i = 0; i < truth.size(); i++) {
      if (!flags.get(i).equals("?") && !flags.get(i).equals(truth.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return flags.toString();
  }
}
