package org.posthorn.imap.list;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Octets;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxName;

/**
 * A mailbox name with the wildcards {@code *} (anything) and {@code %} (anything within one level
 * of hierarchy), RFC 9051 section 6.3.9. Matching takes all alternatives along in one pass over the
 * name, so its cost is the length of the name times the length of the pattern over 64, however many
 * wildcards there are. Immutable.
 */
public final class ListPattern {

  private static final char DELIMITER = MailboxName.DELIMITER;

  /** The pattern with runs of wildcards made one: {@code %*%} means {@code *}. */
  private final String pattern;

  private final int words;

  /** Bit i of a mask: what the pattern's character i accepts. State i: i characters are matched. */
  private final long[] star;

  private final long[] wild;
  private final long[] @Nullable [] ascii = new long[128][];
  private final Map<Character, long[]> others = new HashMap<>();

  private ListPattern(String pattern) {
    this.pattern = pattern;
    this.words = pattern.length() / Long.SIZE + 1;
    this.star = new long[words];
    this.wild = new long[words];
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (isWildcard(c)) {
        set(wild, i);
        if (c == '*') {
          set(star, i);
        }
      } else {
        set(acceptedBy(c), i);
      }
    }
  }

  /** The pattern, which may have no wildcards at all. */
  public static ListPattern of(String pattern) {
    return new ListPattern(collapse(Normalizer.normalize(pattern, Normalizer.Form.NFC)));
  }

  /**
   * The pattern below a reference name: one after the other (RFC 3501 section 6.3.8), with a single
   * delimiter where both bring one.
   */
  public static ListPattern of(String reference, String pattern) {
    boolean both =
        reference.endsWith(MailboxName.DELIMITER + "")
            && pattern.startsWith(MailboxName.DELIMITER + "");
    return of(reference + (both ? pattern.substring(1) : pattern));
  }

  private static String collapse(String pattern) {
    StringBuilder result = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      int last = result.length() - 1;
      if (last >= 0 && isWildcard(c) && isWildcard(result.charAt(last))) {
        if (c == '*') {
          result.setCharAt(last, '*');
        }
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }

  private static boolean isWildcard(char c) {
    return c == '*' || c == '%';
  }

  /** Whether the whole name matches; a first level INBOX does so in any case of its letters. */
  public boolean matches(MailboxName name) {
    String path = name.path();
    int anyCase = name.segments().get(0).equals("INBOX") ? "INBOX".length() : 0;
    long[] states = new long[words];
    long[] next = new long[words];
    states[0] = 1;
    skipWildcards(states);
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      Arrays.fill(next, 0);
      advance(states, accepting(c), next);
      if (i < anyCase) {
        advance(states, accepting((char) (c | 0x20)), next);
      }
      stay(states, c == DELIMITER ? star : wild, next);
      skipWildcards(next);
      long[] free = states;
      states = next;
      next = free;
    }
    int end = pattern.length();
    return (states[end / Long.SIZE] >>> end & 1) != 0;
  }

  private static void advance(long[] states, long @Nullable [] accepted, long[] next) {
    if (accepted != null) {
      long carry = 0;
      for (int w = 0; w < states.length; w++) {
        long moved = states[w] & accepted[w];
        next[w] |= moved << 1 | carry;
        carry = moved >>> 63;
      }
    }
  }

  private static void stay(long[] states, long[] accepted, long[] next) {
    for (int w = 0; w < states.length; w++) {
      next[w] |= states[w] & accepted[w];
    }
  }

  /** A wildcard may stand for nothing; two never follow each other. */
  private void skipWildcards(long[] states) {
    long carry = 0;
    for (int w = 0; w < states.length; w++) {
      long skipped = states[w] & wild[w];
      states[w] |= skipped << 1 | carry;
      carry = skipped >>> 63;
    }
  }

  private long @Nullable [] accepting(char c) {
    return c < ascii.length ? ascii[c] : others.get(c);
  }

  private long[] acceptedBy(char c) {
    if (c >= ascii.length) {
      return others.computeIfAbsent(c, absent -> new long[words]);
    }
    long[] known = ascii[c];
    if (known == null) {
      known = new long[words];
      ascii[c] = known;
    }
    return known;
  }

  private static void set(long[] mask, int bit) {
    mask[bit / Long.SIZE] |= 1L << bit;
  }

  /** Whether there is nothing to match: {@code LIST "" ""} asks for the delimiter. */
  public boolean isEmpty() {
    return pattern.isEmpty();
  }

  /** Whether the pattern ends in {@code %}, so that levels above a match are asked for as well. */
  public boolean endsWithinLevel() {
    return pattern.endsWith("%");
  }

  /** The part of the hierarchy where matches can be. */
  public ListQuery query() {
    return new ListQuery(prefix(), depth(), false);
  }

  /**
   * Where subscribed names can be that match or, after a final {@code %}, have a superior that
   * matches.
   */
  public ListQuery subscribedQuery() {
    return new ListQuery(prefix(), endsWithinLevel() ? Integer.MAX_VALUE : depth(), true);
  }

  private List<String> prefix() {
    List<String> levels = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < pattern.length() && !isWildcard(pattern.charAt(i)); i++) {
      if (pattern.charAt(i) == DELIMITER) {
        levels.add(pattern.substring(start, i));
        start = i + 1;
      }
    }
    if (!levels.isEmpty() && Octets.utf8(levels.get(0)).equalsIgnoreCase("INBOX")) {
      levels.set(0, "INBOX");
    }
    return levels;
  }

  private int depth() {
    if (pattern.indexOf('*') >= 0) {
      return Integer.MAX_VALUE;
    }
    long delimiters = pattern.chars().filter(c -> c == DELIMITER).count();
    return (int) delimiters - prefix().size() + 1;
  }

  /** The pattern with runs of wildcards made one. */
  @Override
  public String toString() {
    return pattern;
  }
}
