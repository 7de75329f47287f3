package org.posthorn.imap.sort;

import org.jspecify.annotations.Nullable;
import org.posthorn.mime.HeaderText;
import org.posthorn.mime.Octets;

/**
 * A subject without what mail programs put around it (RFC 5256 section 2.1).
 *
 * @param text what is left, not yet folded for comparison
 * @param replyOrForward whether what was taken away shows a reply or forward (RFC 5256 section 3)
 */
public record BaseSubject(String text, boolean replyOrForward) {

  private static final BaseSubject NONE = new BaseSubject("", false);

  /** The base subject of a Subject field's value, null when there is no such field. */
  public static BaseSubject of(@Nullable Octets subject) {
    return subject == null ? NONE : of(HeaderText.decode(subject));
  }

  /** The base subject of a decoded subject. */
  public static BaseSubject of(String subject) {
    Scan scan = new Scan(collapse(subject));
    do {
      scan.trailers();
      scan.leadersAndBlobs();
    } while (scan.forwardWrapping());
    return new BaseSubject(scan.rest(), scan.replyOrForward);
  }

  /** Step 1: tabs are spaces, and several spaces are one. */
  private static String collapse(String text) {
    StringBuilder collapsed = new StringBuilder(text.length());
    boolean afterSpace = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = c == ' ' || c == '\t';
      if (!space) {
        collapsed.append(c);
      } else if (!afterSpace) {
        collapsed.append(' ');
      }
      afterSpace = space;
    }
    return collapsed.toString();
  }

  /** What is left of the subject while it is worked on. */
  private static final class Scan {
    private final String text;
    private int from;
    private int to;
    private boolean replyOrForward;

    Scan(String text) {
      this.text = text;
      this.to = text.length();
    }

    String rest() {
      return text.substring(from, to);
    }

    /** Step 2: subj-trailer = "(fwd)" / WSP. */
    void trailers() {
      while (from < to) {
        if (text.charAt(to - 1) == ' ') {
          to--;
        } else if (to - from >= 5 && is(to - 5, "(fwd)")) {
          to -= 5;
          replyOrForward = true;
        } else {
          return;
        }
      }
    }

    /** Steps 3 to 5. */
    void leadersAndBlobs() {
      while (true) {
        if (leader()) {
          continue;
        }
        int behind = blob(from);
        if (behind == from || behind == to) {
          return;
        }
        from = behind;
      }
    }

    /** subj-leader = (*subj-blob subj-refwd) / WSP. */
    private boolean leader() {
      if (from < to && text.charAt(from) == ' ') {
        from++;
        return true;
      }
      int at = from;
      for (int behind = blob(at); behind > at; behind = blob(at)) {
        at = behind;
      }
      int behind = replyMark(at);
      if (behind == at) {
        return false;
      }
      from = behind;
      replyOrForward = true;
      return true;
    }

    /** Behind subj-refwd = ("re" / ("fw" ["d"])) *WSP [subj-blob] ":", or the same place. */
    private int replyMark(int start) {
      int at;
      if (is(start, "re")) {
        at = start + 2;
      } else if (is(start, "fw")) {
        at = is(start, "fwd") ? start + 3 : start + 2;
      } else {
        return start;
      }
      at = blob(spaces(at));
      return at < to && text.charAt(at) == ':' ? at + 1 : start;
    }

    /** Behind subj-blob = "[" *BLOBCHAR "]" *WSP, or the same place. */
    private int blob(int start) {
      if (start >= to || text.charAt(start) != '[') {
        return start;
      }
      for (int at = start + 1; at < to; at++) {
        char c = text.charAt(at);
        if (c == ']') {
          return spaces(at + 1);
        }
        if (c == '[') {
          return start;
        }
      }
      return start;
    }

    private int spaces(int start) {
      int at = start;
      while (at < to && text.charAt(at) == ' ') {
        at++;
      }
      return at;
    }

    /** Step 6: subj-fwd-hdr and subj-fwd-trl around it all. */
    boolean forwardWrapping() {
      if (to - from < 6 || !is(from, "[fwd:") || text.charAt(to - 1) != ']') {
        return false;
      }
      from += 5;
      to--;
      replyOrForward = true;
      return true;
    }

    private boolean is(int at, String lowerCase) {
      return at + lowerCase.length() <= to
          && text.regionMatches(true, at, lowerCase, 0, lowerCase.length());
    }
  }
}
