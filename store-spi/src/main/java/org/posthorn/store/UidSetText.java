package org.posthorn.store;

/** The IMAP form of a set, without {@code *} (RFC 9051 section 9: uid-set). */
final class UidSetText {
  private UidSetText() {}

  static String print(UidSet set) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < set.rangeCount(); i++) {
      if (i > 0) {
        text.append(',');
      }
      text.append(set.rangeFirst(i));
      if (set.rangeLast(i) > set.rangeFirst(i)) {
        text.append(':').append(set.rangeLast(i));
      }
    }
    return text.toString();
  }

  static UidSet parse(String text) {
    UidSet.Builder set = UidSet.builder();
    int at = 0;
    while (at < text.length()) {
      int end = endOfNumber(text, at);
      long first = number(text, at, end);
      long last = first;
      if (end < text.length() && text.charAt(end) == ':') {
        int from = end + 1;
        end = endOfNumber(text, from);
        last = number(text, from, end);
      }
      set.addRange(Math.min(first, last), Math.max(first, last));
      if (end < text.length() && (text.charAt(end) != ',' || end + 1 == text.length())) {
        throw malformed();
      }
      at = end + 1;
    }
    return set.build();
  }

  private static int endOfNumber(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** RFC 9051 section 9: nz-number, so no leading zero. */
  private static long number(String text, int from, int to) {
    if (from >= to || to - from > 10 || text.charAt(from) == '0') {
      throw malformed();
    }
    long number = Long.parseLong(text, from, to, 10);
    if (number > UidSet.MAX_UID) {
      throw malformed();
    }
    return number;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("not a set of UIDs");
  }
}
