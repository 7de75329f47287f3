package org.posthorn.store;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name of a mailbox: one or more segments in Unicode NFC, joined by {@value #DELIMITER}. The
 * first segment INBOX is the same in any case (RFC 9051 section 5.1) and always written in
 * capitals; all else is compared octet by octet.
 *
 * <p>A segment is not empty and holds no delimiter, control character, line or paragraph separator
 * or lone surrogate. Names sort by segments in code point order, so that inferiors follow right
 * after their superior.
 */
public final class MailboxName implements Comparable<MailboxName> {
  public static final char DELIMITER = '/';

  /** Octets of {@link #path()} in UTF-8. */
  public static final int MAX_OCTETS = 1024;

  /** Segments. */
  public static final int MAX_DEPTH = 64;

  public static final MailboxName INBOX = new MailboxName(List.of("INBOX"));

  private final List<String> segments;
  private final String path;

  private MailboxName(List<String> segments) {
    this.segments = segments;
    this.path = segments.size() == 1 ? segments.get(0) : String.join("/", segments);
  }

  /**
   * The name with these segments.
   *
   * @throws InvalidMailboxName where a rule is broken
   */
  public static MailboxName of(String... segments) {
    return of(Arrays.asList(segments));
  }

  /**
   * The name with these segments.
   *
   * @throws InvalidMailboxName where a rule is broken
   */
  public static MailboxName of(List<String> segments) {
    if (segments.isEmpty()) {
      throw new InvalidMailboxName("Mailbox name is empty");
    }
    if (segments.size() > MAX_DEPTH) {
      throw new InvalidMailboxName("Mailbox name has more than " + MAX_DEPTH + " levels");
    }
    String[] checked = new String[segments.size()];
    long octets = checked.length - 1L;
    for (int i = 0; i < checked.length; i++) {
      String segment = segments.get(i);
      // Normalizing costs more than linear time in the worst case: bound the length first.
      octets += utf8Length(segment);
      if (octets > MAX_OCTETS) {
        throw tooLong();
      }
      checked[i] = checkedSegment(segment);
    }
    if (isInboxInAnyCase(checked[0])) {
      checked[0] = "INBOX";
    }
    MailboxName name = new MailboxName(List.of(checked));
    if (utf8Length(name.path) > MAX_OCTETS) {
      throw tooLong();
    }
    return name;
  }

  /**
   * Reads what {@link #path()} gives.
   *
   * @param path segments joined by {@value #DELIMITER}
   * @throws InvalidMailboxName where a rule is broken
   */
  public static MailboxName parse(String path) {
    if (path.indexOf(DELIMITER) < 0) {
      return of(List.of(path));
    }
    List<String> segments = new ArrayList<>();
    int start = 0;
    for (int end; (end = path.indexOf(DELIMITER, start)) >= 0; start = end + 1) {
      if (segments.size() == MAX_DEPTH) {
        throw new InvalidMailboxName("Mailbox name has more than " + MAX_DEPTH + " levels");
      }
      segments.add(path.substring(start, end));
    }
    segments.add(path.substring(start));
    return of(segments);
  }

  /** ASCII case only: a dotless i is not a letter of INBOX. */
  private static boolean isInboxInAnyCase(String segment) {
    boolean same = segment.length() == 5;
    for (int i = 0; same && i < 5; i++) {
      same = (segment.charAt(i) & ~0x20) == "INBOX".charAt(i);
    }
    return same;
  }

  private static InvalidMailboxName tooLong() {
    return new InvalidMailboxName("Mailbox name is longer than " + MAX_OCTETS + " octets");
  }

  private static String checkedSegment(String segment) {
    if (segment.isEmpty()) {
      throw new InvalidMailboxName("Mailbox name has an empty level");
    }
    boolean ascii = true;
    for (int i = 0; i < segment.length(); i++) {
      int c = segment.codePointAt(i);
      if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
        throw new InvalidMailboxName("Mailbox name has a control character");
      }
      if (c == DELIMITER) {
        throw new InvalidMailboxName("Mailbox name has a delimiter inside a level");
      }
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        throw new InvalidMailboxName("Mailbox name is not Unicode");
      }
      ascii &= c < 0x80;
      i += Character.charCount(c) - 1;
    }
    return ascii ? segment : Normalizer.normalize(segment, Normalizer.Form.NFC);
  }

  private static int utf8Length(String text) {
    int octets = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Each half of a surrogate pair stands for two of the four octets.
      octets += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return octets;
  }

  /** One or more. */
  public List<String> segments() {
    return segments;
  }

  /** The segments joined by {@value #DELIMITER}. */
  public String path() {
    return path;
  }

  /** Null at the top. */
  public @Nullable MailboxName parent() {
    int depth = segments.size();
    return depth == 1 ? null : new MailboxName(List.copyOf(segments.subList(0, depth - 1)));
  }

  /**
   * The inferior of that name.
   *
   * @throws InvalidMailboxName where a rule is broken
   */
  public MailboxName child(String segment) {
    List<String> longer = new ArrayList<>(segments);
    longer.add(segment);
    return of(longer);
  }

  /** The last segment. */
  public String last() {
    return segments.get(segments.size() - 1);
  }

  /** Number of segments. */
  public int depth() {
    return segments.size();
  }

  public boolean isInbox() {
    return equals(INBOX);
  }

  /** Whether this is that name or one of its inferiors. */
  public boolean startsWith(MailboxName superior) {
    int depth = superior.depth();
    return depth() >= depth && segments.subList(0, depth).equals(superior.segments);
  }

  /**
   * This name with {@code from}, which it must start with, replaced by {@code to}.
   *
   * @throws InvalidMailboxName when it becomes too long or too deep
   */
  public MailboxName replacePrefix(MailboxName from, MailboxName to) {
    if (!startsWith(from)) {
      throw new IllegalArgumentException("not an inferior");
    }
    List<String> renamed = new ArrayList<>(to.segments);
    renamed.addAll(segments.subList(from.depth(), depth()));
    return of(renamed);
  }

  @Override
  public int compareTo(MailboxName other) {
    int common = Math.min(depth(), other.depth());
    for (int i = 0; i < common; i++) {
      int order = compareCodePoints(segments.get(i), other.segments.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(depth(), other.depth());
  }

  private static int compareCodePoints(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        return Integer.compare(a.codePointAt(i), b.codePointAt(i));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof MailboxName other && path.equals(other.path);
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  @Override
  public String toString() {
    return path;
  }
}
