package org.posthorn.testkit.transcript;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines that passed, to be shown with a failure. */
final class Dialogue {
  private static final int LINES = 40;
  private static final int WIDTH = 300;

  private final Deque<String> lines = new ArrayDeque<>();

  void said(String side, int session, String octets) {
    octets.lines().forEach(line -> add("  " + side + session + ": " + show(line)));
  }

  void add(String line) {
    lines.add(line);
    if (lines.size() > LINES) {
      lines.removeFirst();
    }
  }

  /** Octets with everything odd made visible. */
  static String show(String octets) {
    StringBuilder shown = new StringBuilder();
    String text = octets.endsWith("\r\n") ? octets.substring(0, octets.length() - 2) : octets;
    text.chars()
        .limit(WIDTH)
        .forEach(
            c -> {
              if (c >= ' ' && c < 0x7F) {
                shown.append((char) c);
              } else {
                shown.append(String.format("\\x%02X", c));
              }
            });
    return shown.append(text.length() > WIDTH ? "..." : "").toString();
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
