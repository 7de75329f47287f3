package org.posthorn.delivery.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a text: {@code #} at the begin of a line or behind white space begins a comment, but
 * not within double quotes; a line that begins with white space continues the one before.
 */
public final class TextLines {
  private TextLines() {}

  /**
   * A line with all that continues it.
   *
   * @param number of its first line in the text, from 1
   * @param text without comments; never blank
   */
  public record Line(int number, String text) {
    /** What is wrong with the line. */
    public IllegalArgumentException wrong(Exception why) {
      return new IllegalArgumentException("line " + number + ": " + why.getMessage(), why);
    }
  }

  public static List<Line> of(String text) {
    List<Line> whole = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int at = 0; at < lines.size(); ) {
      int first = at + 1;
      StringBuilder line = new StringBuilder(uncommented(lines.get(at++)));
      while (at < lines.size() && continues(lines.get(at))) {
        line.append(' ').append(uncommented(lines.get(at++)));
      }
      if (!line.toString().isBlank()) {
        whole.add(new Line(first, line.toString().strip()));
      }
    }
    return whole;
  }

  private static boolean continues(String line) {
    return !line.isEmpty() && Character.isWhitespace(line.charAt(0));
  }

  private static String uncommented(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '#' && !quoted && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
        return line.substring(0, i);
      }
    }
    return line;
  }
}
