package org.posthorn.imap.collation;

/** RFC 4790 section 3.2: collation-wild, where an asterisk stands for any characters. */
final class CollationPattern {
  private CollationPattern() {}

  /** Whether the pattern means that collation; the case of letters does not matter. */
  static boolean matches(String pattern, String id) {
    int at = 0;
    int inId = 0;
    int afterStar = -1;
    int starTook = 0;
    while (inId < id.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        afterStar = ++at;
        starTook = inId;
      } else if (at < pattern.length() && pattern.regionMatches(true, at, id, inId, 1)) {
        at++;
        inId++;
      } else if (afterStar >= 0) {
        at = afterStar;
        inId = ++starTook;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }
}
