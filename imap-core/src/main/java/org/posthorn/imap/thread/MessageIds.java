package org.posthorn.imap.thread;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.mime.Octets;

/**
 * Finds message ids in a field, in a form that does not depend on quoting, comments and white space
 * (RFC 5256 section 3, RFC 5322 section 3.6.4). What is no {@code <left@right>} is passed over.
 */
final class MessageIds {
  private final Octets text;
  private final byte[] id;
  private int at;

  private MessageIds(Octets text) {
    this.text = text;
    this.id = new byte[text.length()];
  }

  /** The ids in their order, at most so many. */
  static List<Octets> find(Octets field, int max) {
    MessageIds scan = new MessageIds(field);
    List<Octets> found = new ArrayList<>();
    while (found.size() < max && scan.at < field.length()) {
      scan.one(found);
    }
    return found;
  }

  private void one(List<Octets> found) {
    switch (text.at(at)) {
      case '(' -> comment();
      case '"' -> quoted(0);
      case '<' -> id(found);
      default -> at++;
    }
  }

  private void id(List<Octets> found) {
    int length = 0;
    int atSign = -1;
    at++;
    while (at < text.length()) {
      int c = text.at(at);
      switch (c) {
        case '>' -> {
          at++;
          if (atSign > 0 && atSign < length - 1) {
            found.add(Octets.copyOf(ByteBuffer.wrap(id, 0, length)));
          }
          return;
        }
        case '<' -> {
          return;
        }
        case '(' -> comment();
        case '"' -> length = quoted(length);
        case ' ', '\t' -> at++;
        default -> {
          if (c == '@') {
            atSign = length;
          } else if (c == '\\' && at + 1 < text.length()) {
            at++;
          }
          id[length++] = (byte) text.at(at++);
        }
      }
    }
  }

  /** Takes a quoted string without its quotes; returns the new length of the id. */
  private int quoted(int start) {
    int length = start;
    at++;
    while (at < text.length()) {
      int c = text.at(at++);
      if (c == '"') {
        return length;
      }
      if (c == '\\' && at < text.length()) {
        c = text.at(at++);
      }
      id[length++] = (byte) c;
    }
    return length;
  }

  private void comment() {
    int depth = 0;
    while (at < text.length()) {
      int c = text.at(at++);
      if (c == '\\') {
        at++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return;
      }
    }
  }
}
