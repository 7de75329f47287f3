package org.posthorn.mime.message;

import java.util.Locale;
import java.util.Set;

/**
 * Takes the text out of HTML while it streams by: tags, comments, scripts, styles and the head go,
 * character references are resolved, runs of white space become one space, block elements begin a
 * line. Follows no grammar, so that no input is malformed; holds a few dozen characters.
 */
final class HtmlText {

  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "aside",
          "blockquote",
          "body",
          "br",
          "center",
          "dd",
          "div",
          "dl",
          "dt",
          "fieldset",
          "figure",
          "footer",
          "form",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hr",
          "li",
          "main",
          "nav",
          "ol",
          "option",
          "p",
          "pre",
          "section",
          "table",
          "tbody",
          "td",
          "tfoot",
          "th",
          "thead",
          "tr",
          "ul");

  /** Elements whose content nobody sees. */
  private static final Set<String> HIDDEN =
      Set.of("head", "script", "style", "title", "template", "noframes");

  /** Those of them whose content is no markup, so that only their own end tag ends them. */
  private static final Set<String> RAW = Set.of("script", "style", "title");

  private static final int MAX_NAME = 16;
  private static final int MAX_REFERENCE = 32;

  private enum State {
    TEXT,
    REFERENCE,
    /** After {@code <}. */
    TAG_OPEN,
    TAG_NAME,
    TAG,
    QUOTED,
    /** After {@code <!}, which may begin a comment. */
    DECLARATION,
    COMMENT
  }

  private State state = State.TEXT;
  private final StringBuilder name = new StringBuilder();
  private final StringBuilder reference = new StringBuilder();
  private char quote;
  private boolean closing;
  private boolean selfClosing;
  private boolean afterEquals;
  private int dashes;

  /** The hidden element that we are in, or an empty string. */
  private String hidden = "";

  private int hiddenDepth;
  private boolean spacePending;
  private boolean linePending;
  private boolean something;

  /** Appends what the next characters give. */
  void convert(char[] html, int from, int length, StringBuilder out) {
    for (int i = from; i < from + length; i++) {
      next(html[i], out);
    }
  }

  /** Ends the text. */
  void finish(StringBuilder out) {
    if (state == State.REFERENCE) {
      endReference(out);
    }
  }

  private void next(char c, StringBuilder out) {
    switch (state) {
      case TEXT -> text(c, out);
      case REFERENCE -> reference(c, out);
      case TAG_OPEN -> tagOpen(c, out);
      case TAG_NAME -> tagName(c);
      case TAG -> tag(c);
      case QUOTED -> {
        if (c == quote) {
          state = State.TAG;
        }
      }
      case DECLARATION -> declaration(c);
      case COMMENT -> comment(c);
    }
  }

  private void text(char c, StringBuilder out) {
    if (c == '<') {
      state = State.TAG_OPEN;
      name.setLength(0);
      closing = false;
      selfClosing = false;
      afterEquals = false;
    } else if (c == '&' && hidden.isEmpty()) {
      state = State.REFERENCE;
      reference.setLength(0);
    } else {
      put(c, out);
    }
  }

  private void put(int c, StringBuilder out) {
    if (!hidden.isEmpty()) {
      return;
    }
    if (c <= ' ' || c == 0xa0) {
      spacePending = true;
      return;
    }
    if (isInvisible(c) && (spacePending || linePending || !something || c == 0xad)) {
      return;
    }
    if (linePending && something) {
      out.append('\n');
    } else if (spacePending && something) {
      out.append(' ');
    }
    linePending = false;
    spacePending = false;
    something = true;
    out.appendCodePoint(c);
  }

  /** Soft hyphens, zero-width characters and direction marks: mailings are padded with them. */
  private static boolean isInvisible(int c) {
    return c == 0xad || c == 0x34f || (c >= 0x200b && c <= 0x200f) || c == 0xfeff || c == 0x2060;
  }

  private void reference(char c, StringBuilder out) {
    boolean part = c == '#' ? reference.length() == 0 : c < 128 && Character.isLetterOrDigit(c);
    if (part && reference.length() < MAX_REFERENCE) {
      reference.append(c);
      return;
    }
    boolean known = endReference(out);
    if (c != ';' || !known) {
      text(c, out);
    }
  }

  /** Whether it is one that is known; others stand for themselves. */
  private boolean endReference(StringBuilder out) {
    state = State.TEXT;
    int character = HtmlReferences.character(reference);
    if (character >= 0) {
      put(character, out);
      return true;
    }
    put('&', out);
    for (int i = 0; i < reference.length(); i++) {
      put(reference.charAt(i), out);
    }
    return false;
  }

  private void tagOpen(char c, StringBuilder out) {
    if (c == '/' && !closing) {
      closing = true;
    } else if (inRaw() && !closing) {
      state = State.TEXT;
      text(c, out);
    } else if (Character.isLetter(c)) {
      name.append(c);
      state = State.TAG_NAME;
    } else if (c == '!' && !closing) {
      state = State.DECLARATION;
      dashes = 0;
    } else if (c == '?' || closing) {
      state = c == '>' ? State.TEXT : State.TAG;
    } else {
      state = State.TEXT;
      put('<', out);
      text(c, out);
    }
  }

  private void tagName(char c) {
    if (c == '>' || c == '/' || c <= ' ') {
      state = State.TAG;
      tag(c);
    } else if (name.length() < MAX_NAME) {
      name.append(c);
    }
  }

  private void tag(char c) {
    if (c == '>') {
      state = State.TEXT;
      endTag(name.toString().toLowerCase(Locale.ROOT));
      return;
    }
    // A quote that opens nothing must not swallow the text, so only one after an equals sign
    // counts.
    if ((c == '"' || c == '\'') && afterEquals) {
      quote = c;
      state = State.QUOTED;
    }
    if (c > ' ') {
      afterEquals = c == '=';
      selfClosing = c == '/';
    }
  }

  private boolean inRaw() {
    return RAW.contains(hidden);
  }

  private void endTag(String tag) {
    if (!hidden.isEmpty()) {
      if (tag.equals(hidden)) {
        hiddenDepth += closing ? -1 : 1;
      }
      // Who forgot to close the head did not mean to hide the body.
      if (hiddenDepth == 0 || (hidden.equals("head") && tag.equals("body"))) {
        hidden = "";
      }
      return;
    }
    if (BLOCKS.contains(tag)) {
      linePending = true;
    } else if (!closing && !selfClosing && HIDDEN.contains(tag)) {
      hidden = tag;
      hiddenDepth = 1;
    }
  }

  private void declaration(char c) {
    if (c == '-') {
      dashes++;
      if (dashes == 2) {
        state = State.COMMENT;
        dashes = 0;
      }
    } else {
      state = c == '>' ? State.TEXT : State.TAG;
      name.setLength(0);
    }
  }

  private void comment(char c) {
    if (c == '>' && dashes >= 2) {
      state = State.TEXT;
    }
    dashes = c == '-' ? dashes + 1 : 0;
  }
}
