package org.posthorn.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client believes of its mailbox, from the responses alone. Each message is its flags; an
 * EXPUNGE where none is allowed, a number out of range or an EXISTS that shrinks is an error.
 */
final class ViewReplay {
  private static final Pattern NUMBERED = Pattern.compile("\\* (\\d+) (EXISTS|EXPUNGE|FETCH)(.*)");
  private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");

  /** Flags by sequence number; null where the client has not been told. */
  private final List<String> flags = new ArrayList<>();

  void selected(int exists) {
    flags.clear();
    for (int i = 0; i < exists; i++) {
      flags.add("?");
    }
  }

  /** The client changed flags without being told of the outcome. */
  void forget() {
    flags.replaceAll(known -> "?");
  }

  void hear(String responses, boolean expungeAllowed) {
    responses.lines().forEach(line -> line(line, expungeAllowed));
  }

  private void line(String line, boolean expungeAllowed) {
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
      }
      default -> {
        require(number, line);
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
