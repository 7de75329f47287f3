package org.posthorn.mime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads address lists (RFC 5322 sections 3.4 and 4.4): groups, comments, quoted strings and
 * obsolete routes, however broken. Takes time and memory in proportion to the octets.
 */
public final class AddressParser {

  private final byte[] array;
  private final int end;
  private int at;

  private final AddressText text;
  private final List<MailAddress> found;
  private final int max;
  private boolean inGroup;

  private AddressParser(Octets value, int max, List<MailAddress> found) {
    this.array = value.array();
    this.at = value.from();
    this.end = value.to();
    this.text = new AddressText(value.length());
    this.found = found;
    this.max = max;
  }

  /**
   * The addresses of a field's value, groups marked by their start and end as the IMAP ENVELOPE has
   * it.
   */
  public static List<MailAddress> parse(Octets value) {
    List<MailAddress> found = new ArrayList<>();
    parse(value, Integer.MAX_VALUE, found);
    return List.copyOf(found);
  }

  /**
   * Adds the addresses of a field's value until there are {@code max}, and then at most one end of
   * a group.
   *
   * @return whether there was room for all
   */
  static boolean parse(Octets value, int max, List<MailAddress> found) {
    AddressParser parser = new AddressParser(value, max, found);
    while (parser.at < parser.end && found.size() < max) {
      parser.element();
    }
    boolean complete = parser.at >= parser.end;
    parser.endGroup();
    return complete;
  }

  /**
   * What stands between two commas: an address, the start of a group with its first address, or
   * nothing.
   */
  private void element() {
    text.begin();
    while (at < end) {
      byte octet = array[at];
      switch (octet) {
        case ',' -> {
          at++;
          addBare();
          return;
        }
        case ';' -> {
          at++;
          addBare();
          endGroup();
          return;
        }
        case ':' -> {
          at++;
          if (startsGroup()) {
            return;
          }
        }
        case '<' -> {
          at++;
          angle();
          return;
        }
        default -> word(octet);
      }
    }
    addBare();
  }

  /** Takes one octet, a quoted string or a comment into the text. */
  private void word(byte octet) {
    switch (octet) {
      case '"' -> quoted();
      case '(' -> comment();
      case ' ', '\t', '\r', '\n', 0 -> {
        at++;
        text.space();
      }
      case '\\' -> {
        at = Math.min(at + 1, end);
        if (at < end) {
          text.add(array[at++]);
        }
      }
      case '@' -> {
        at++;
        text.addAt();
      }
      default -> {
        at++;
        text.add(octet);
      }
    }
  }

  private void quoted() {
    at++;
    text.startQuoted();
    while (at < end && array[at] != '"') {
      if (array[at] == '\\' && at + 1 < end) {
        at++;
      }
      text.addQuoted(array[at++]);
    }
    at++;
  }

  private void comment() {
    int depth = 1;
    at++;
    text.startComment();
    while (at < end) {
      byte octet = array[at++];
      if (octet == '\\' && at < end) {
        octet = array[at++];
      } else if (octet == '(') {
        depth++;
      } else if (octet == ')' && --depth == 0) {
        break;
      }
      text.addComment(octet);
    }
  }

  /**
   * After a colon: what stood before it is the name of a group, unless we are in one or it is an
   * address already.
   */
  private boolean startsGroup() {
    if (inGroup || text.hasAt()) {
      text.add((byte) ':');
      return false;
    }
    Octets name = text.phrase();
    add(MailAddress.groupStart(name == null ? Octets.EMPTY : name));
    inGroup = true;
    return true;
  }

  private void endGroup() {
    if (inGroup) {
      found.add(MailAddress.GROUP_END);
      inGroup = false;
    }
  }

  private void addBare() {
    if (!text.isEmpty()) {
      add(new MailAddress(text.comment(), null, text.localPart(), text.domain()));
    }
  }

  /**
   * After {@code <}: an address and what follows it up to the next comma. Words that are followed
   * by another {@code <} are the name of another address, the comma before which is missing.
   */
  private void angle() {
    Octets name = text.phrase();
    byte end = '<';
    while (end == '<') {
      MailAddress address = bracketed(name);
      text.beginWords();
      end = skipToEnd();
      if (name == null) {
        name = end == '<' ? text.comment() : text.phrase();
      }
      add(new MailAddress(name, address.route(), address.mailbox(), address.host()));
      name = text.isEmpty() ? null : text.phrase();
      text.begin();
    }
    if (end == ';') {
      endGroup();
    }
  }

  /** What stands in angle brackets: a route, perhaps, and an address. */
  private MailAddress bracketed(@Nullable Octets name) {
    text.beginWords();
    Octets route = null;
    boolean closed = isClosed();
    boolean open = true;
    while (at < end && open) {
      byte octet = array[at];
      if (octet == '>' || (octet == ';' && !closed)) {
        open = false;
        at += octet == '>' ? 1 : 0;
      } else if (octet == ':' && text.startsWithAt()) {
        at++;
        route = text.all();
        text.beginWords();
      } else if (octet == ',' && !text.startsWithAt()) {
        open = false;
      } else {
        word(octet);
      }
    }
    return new MailAddress(name, route, text.localPart(), text.domain());
  }

  /** Whether {@code >} comes before anything that might begin the next address. */
  private boolean isClosed() {
    int i = at;
    while (i < end && ">,<\"(".indexOf(array[i]) < 0) {
      i++;
    }
    return i < end && array[i] == '>';
  }

  /**
   * Passes over a comma, semicolon or opening bracket and tells which it was, taking what stands
   * before it for a phrase; 0 at the end.
   */
  private byte skipToEnd() {
    while (at < end) {
      byte octet = array[at];
      if (octet == ',' || octet == ';' || octet == '<') {
        at++;
        return octet;
      }
      word(octet);
    }
    return 0;
  }

  private void add(MailAddress address) {
    if (found.size() < max) {
      found.add(address);
    }
  }
}
