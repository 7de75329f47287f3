package org.posthorn.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The header fields whose values the index keeps. */
enum KnownField {
  CONTENT_TYPE(Use.PART),
  CONTENT_TRANSFER_ENCODING(Use.PART),
  CONTENT_DISPOSITION(Use.PART),
  CONTENT_ID(Use.PART),
  CONTENT_DESCRIPTION(Use.PART),
  CONTENT_MD5(Use.PART),
  CONTENT_LOCATION(Use.PART),
  CONTENT_LANGUAGE(Use.PART),
  DATE(Use.TEXT),
  SUBJECT(Use.TEXT),
  IN_REPLY_TO(Use.TEXT),
  MESSAGE_ID(Use.TEXT),
  REFERENCES(Use.TEXT),
  FROM(Use.ADDRESSES),
  SENDER(Use.ADDRESSES),
  REPLY_TO(Use.ADDRESSES),
  TO(Use.ADDRESSES),
  CC(Use.ADDRESSES),
  BCC(Use.ADDRESSES);

  /** What a field tells: something of its part, or of the whole message as text or as addresses. */
  private enum Use {
    PART,
    TEXT,
    ADDRESSES
  }

  private static final KnownField[][] BY_LENGTH = byLength();

  /** By the number of the name in the dictionary. */
  private static final @Nullable KnownField[] BY_WORD = byWord();

  /** How many there are. */
  static final int COUNT = values().length;

  private final Use use;
  private final String lowerCase = name().toLowerCase(Locale.ROOT).replace('_', '-');

  KnownField(Use use) {
    this.use = use;
  }

  /** The field of that name in any case, or null. */
  static @Nullable KnownField find(byte[] array, int from, int to) {
    int length = to - from;
    if (length >= BY_LENGTH.length) {
      return null;
    }
    for (KnownField candidate : BY_LENGTH[length]) {
      if (candidate.matches(array, from)) {
        return candidate;
      }
    }
    return null;
  }

  /** The field whose name is that word of the dictionary, or null. */
  static @Nullable KnownField ofWord(int word) {
    return BY_WORD[word];
  }

  private static @Nullable KnownField[] byWord() {
    List<@Nullable KnownField> byWord = new ArrayList<>();
    for (Octets word = Dictionary.word(0); word != null; word = Dictionary.word(byWord.size())) {
      byWord.add(find(word.array(), word.from(), word.to()));
    }
    return byWord.toArray(new KnownField[0]);
  }

  private boolean matches(byte[] array, int from) {
    // A field name has no octet that differs from a lower-case letter or hyphen in this bit alone,
    // but letters.
    for (int i = 0; i < lowerCase.length(); i++) {
      if ((array[from + i] | 0x20) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  boolean isAboutMessage() {
    return use != Use.PART;
  }

  private static KnownField[][] byLength() {
    List<List<KnownField>> byLength = new ArrayList<>();
    for (KnownField field : values()) {
      while (byLength.size() <= field.lowerCase.length()) {
        byLength.add(new ArrayList<>());
      }
      byLength.get(field.lowerCase.length()).add(field);
    }
    return byLength.stream().map(l -> l.toArray(KnownField[]::new)).toArray(KnownField[][]::new);
  }
}
