package org.posthorn.pop3;

import java.util.Map;

/**
 * A language for the texts of answers (LANG, RFC 6856 section 3).
 *
 * @param tag as in RFC 5646, such as {@code de}
 * @param name of the language, in itself
 * @param texts by the English ones; what is missing is said in English
 */
public record Pop3Language(String tag, String name, Map<String, String> texts) {
  /** What everything is written in. */
  public static final Pop3Language ENGLISH = new Pop3Language("en", "English", Map.of());

  public Pop3Language {
    texts = Map.copyOf(texts);
    if (!tag.matches("[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*")) {
      throw new IllegalArgumentException("not a language tag: " + tag);
    }
    for (String text : texts.values()) {
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("a text with control characters");
      }
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a name with control characters");
    }
  }

  String text(String english) {
    return texts.getOrDefault(english, english);
  }

  /** RFC 4647 section 3.3.1, basic filtering. */
  boolean matches(String range) {
    return tag.equalsIgnoreCase(range)
        || (tag.length() > range.length()
            && tag.charAt(range.length()) == '-'
            && tag.regionMatches(true, 0, range, 0, range.length()));
  }
}
