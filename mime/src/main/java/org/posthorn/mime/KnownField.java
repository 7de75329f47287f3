package org.posthorn.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The header fields whose values the index keeps. */
enum KnownField {
  CONTENT_TYPE,
  CONTENT_TRANSFER_ENCODING,
  CONTENT_DISPOSITION,
  CONTENT_ID,
  CONTENT_DESCRIPTION,
  CONTENT_MD5,
  CONTENT_LOCATION,
  CONTENT_LANGUAGE,
  DATE,
  SUBJECT,
  IN_REPLY_TO,
  MESSAGE_ID,
  FROM,
  SENDER,
  REPLY_TO,
  TO,
  CC,
  BCC;

  private static final KnownField[][] BY_LENGTH = byLength();

  private final byte[] lowerCase =
      Octets.ascii(name().toLowerCase(Locale.ROOT).replace('_', '-')).toByteArray();

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

  private boolean matches(byte[] array, int from) {
    // A field name has no octet that differs from a lower-case letter or hyphen in this bit alone,
    // but letters.
    for (int i = 0; i < lowerCase.length; i++) {
      if ((array[from + i] | 0x20) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  boolean isAddressList() {
    return ordinal() >= FROM.ordinal();
  }

  boolean isAboutMessage() {
    return ordinal() >= DATE.ordinal();
  }

  private static KnownField[][] byLength() {
    List<List<KnownField>> byLength = new ArrayList<>();
    for (KnownField field : values()) {
      while (byLength.size() <= field.lowerCase.length) {
        byLength.add(new ArrayList<>());
      }
      byLength.get(field.lowerCase.length).add(field);
    }
    return byLength.stream().map(l -> l.toArray(KnownField[]::new)).toArray(KnownField[][]::new);
  }
}
