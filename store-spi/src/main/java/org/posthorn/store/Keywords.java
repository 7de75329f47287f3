package org.posthorn.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/** Sorted arrays of flag keywords without two that differ only in ASCII case. */
final class Keywords {
  static final Comparator<String> ORDER = Keywords::compare;

  private Keywords() {}

  /** RFC 9051 section 9: flag-keyword is an atom. */
  static boolean isValid(String candidate) {
    int length = candidate.length();
    if (length == 0 || length > Flags.MAX_KEYWORD_OCTETS) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!isAtomChar(candidate.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAtomChar(char c) {
    return switch (c) {
      case '(', ')', '{', '%', '*', '"', '\\', ']' -> false;
      default -> c > ' ' && c < 0x7f;
    };
  }

  static String[] sorted(Collection<String> keywords) {
    String[] all = keywords.toArray(new String[0]);
    for (String keyword : all) {
      if (!isValid(keyword)) {
        throw new IllegalArgumentException("not a keyword of at most 255 octets");
      }
    }
    Arrays.sort(all, ORDER);
    int kept = 0;
    for (String keyword : all) {
      if (kept == 0 || compare(all[kept - 1], keyword) != 0) {
        all[kept++] = keyword;
      }
    }
    return kept == all.length ? all : Arrays.copyOf(all, kept);
  }

  /** The same array where nothing is added. */
  static String[] union(String[] a, String[] b) {
    if (b.length == 0) {
      return a;
    }
    String[] both = new String[a.length + b.length];
    int i = 0;
    int j = 0;
    int n = 0;
    while (i < a.length || j < b.length) {
      int order = i == a.length ? 1 : j == b.length ? -1 : compare(a[i], b[j]);
      both[n++] = order <= 0 ? a[i] : b[j];
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return n == a.length ? a : Arrays.copyOf(both, n);
  }

  /** The same array where nothing is taken away. */
  static String[] difference(String[] a, String[] b) {
    if (a.length == 0 || b.length == 0) {
      return a;
    }
    String[] rest = new String[a.length];
    int n = 0;
    for (String keyword : a) {
      if (Arrays.binarySearch(b, keyword, ORDER) < 0) {
        rest[n++] = keyword;
      }
    }
    return n == a.length ? a : Arrays.copyOf(rest, n);
  }

  static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      int difference = lower(a.charAt(i)) - lower(b.charAt(i));
      if (difference != 0) {
        return difference;
      }
    }
    return a.length() - b.length();
  }

  static int hash(String keyword) {
    int h = 0;
    for (int i = 0; i < keyword.length(); i++) {
      h = 31 * h + lower(keyword.charAt(i));
    }
    return h;
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }
}
