package org.posthorn.testkit.transcript;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one connection of a transcript has said and must not say. */
final class Session {
  private final int number;
  private final Wire wire;
  private final boolean immediate;
  private final Dialogue dialogue;
  private final StringBuilder unread = new StringBuilder();
  private final StringBuilder all = new StringBuilder();
  private final List<String> answers = new ArrayList<>();
  private final List<Template> forbidden = new ArrayList<>();
  private boolean skipping;

  Session(int number, Wire wire, boolean immediate, Dialogue dialogue) {
    this.number = number;
    this.wire = wire;
    this.immediate = immediate;
    this.dialogue = dialogue;
  }

  int number() {
    return number;
  }

  Wire wire() {
    return wire;
  }

  String allSaid() {
    return all.toString();
  }

  void skip() {
    skipping = true;
  }

  void forbid(Template text) {
    forbidden.add(text);
  }

  void expect(Template text, Map<String, String> bound) throws IOException {
    expectOneOf(List.of(text), bound);
  }

  /** Which of them came. */
  int expectOneOf(List<Template> texts, Map<String, String> bound) throws IOException {
    while (true) {
      String got = readLines(texts.get(0));
      for (int i = 0; i < texts.size(); i++) {
        if (texts.get(i).matches(got, bound)) {
          skipping = false;
          return i;
        }
      }
      if (!skipping) {
        throw new AssertionError("expected " + texts.get(0).show() + ", got " + Dialogue.show(got));
      }
    }
  }

  private String readLines(Template expected) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < expected.lines(); i++) {
      lines.append(readLine(expected));
    }
    return lines.toString();
  }

  private String readLine(Template expected) throws IOException {
    int end = unread.indexOf("\n");
    while (end < 0) {
      if (!receive()) {
        throw new AssertionError(
            "expected "
                + expected.show()
                + ", got nothing"
                + (unread.isEmpty() ? "" : " but " + Dialogue.show(unread.toString())));
      }
      end = unread.indexOf("\n");
    }
    String line = unread.substring(0, end + 1);
    unread.delete(0, end + 1);
    answers.add(line);
    return line;
  }

  private boolean receive() throws IOException {
    byte[] octets = wire.receive();
    if (octets == null) {
      return false;
    }
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    dialogue.said("S", number, text);
    unread.append(text);
    all.append(text);
    return true;
  }

  /**
   * No more answers to what was sent last: nothing is left over, and nothing forbidden was there.
   */
  void endAnswers() throws IOException {
    if (immediate) {
      drain();
      if (!unread.isEmpty() && !skipping) {
        throw new AssertionError("nobody expected " + Dialogue.show(unread.toString()));
      }
      unread.toString().lines().forEach(line -> answers.add(line + "\r\n"));
      unread.setLength(0);
      skipping = false;
    }
    for (String answer : answers) {
      for (Template text : forbidden) {
        if (text.matches(answer, new HashMap<>())) {
          throw new AssertionError("must not be said: " + Dialogue.show(answer));
        }
      }
    }
    answers.clear();
    forbidden.clear();
  }

  /** Over a socket nobody can tell. */
  void expectSilence() throws IOException {
    if (immediate) {
      drain();
      if (!unread.isEmpty()) {
        throw new AssertionError("expected silence, got " + Dialogue.show(unread.toString()));
      }
    }
  }

  void expectClosed() throws IOException {
    drain();
    if (!unread.isEmpty() && !skipping) {
      throw new AssertionError("expected the end, got " + Dialogue.show(unread.toString()));
    }
    if (!wire.closedByServer()) {
      throw new AssertionError("the server has not closed");
    }
  }

  private void drain() throws IOException {
    boolean more = true;
    while (more) {
      more = receive();
    }
  }
}
