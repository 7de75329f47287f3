package org.posthorn.mime;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Charsets by the labels that mail uses: all that the JDK knows, and the usual wrong ones. */
public final class Charsets {

  /** The characters of windows-1252 by octet; the five that it leaves open are controls. */
  static final String WINDOWS_1252 = windows1252();

  /**
   * Labels that the JDK does not know, or knows for less than what mail under that label contains.
   */
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("iso-8859-1", "windows-1252"),
          Map.entry("latin1", "windows-1252"),
          Map.entry("iso8859-1", "windows-1252"),
          Map.entry("iso-8859-8-i", "ISO-8859-8"),
          Map.entry("iso-8859-8-e", "ISO-8859-8"),
          Map.entry("iso-8859-6-i", "ISO-8859-6"),
          Map.entry("gb2312", "GBK"),
          Map.entry("x-gbk", "GBK"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("ks_c_5601", "x-windows-949"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("korean", "x-windows-949"),
          Map.entry("cp949", "x-windows-949"),
          Map.entry("shift-jis", "windows-31j"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("x-sjis", "windows-31j"),
          Map.entry("cp932", "windows-31j"),
          Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
          Map.entry("big5", "Big5-HKSCS"),
          Map.entry("x-mac-roman", "x-MacRoman"),
          Map.entry("macintosh", "x-MacRoman"),
          Map.entry("tis-620", "x-windows-874"),
          Map.entry("windows-874", "x-windows-874"),
          Map.entry("utf", "UTF-8"),
          Map.entry("utf-8n", "UTF-8"),
          Map.entry("unicode", "UTF-16"),
          Map.entry("ascii", "US-ASCII"),
          Map.entry("us_ascii", "US-ASCII"),
          Map.entry("usascii", "US-ASCII"),
          Map.entry("ansi_x3.4", "US-ASCII"),
          Map.entry("x-user-defined", "windows-1252"),
          Map.entry("ansi", "windows-1252"));

  private static final int MAX_LABEL = 64;

  /**
   * All names that the JDK knows, in lower case; asking the JDK for one that it does not know is
   * slow.
   */
  private static final class Known {

    static final Map<String, Charset> BY_NAME = byName();

    private static Map<String, Charset> byName() {
      Map<String, Charset> byName = new HashMap<>();
      for (Charset charset : Charset.availableCharsets().values()) {
        for (String alias : charset.aliases()) {
          byName.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset);
        }
      }
      Charset.availableCharsets()
          .forEach((name, charset) -> byName.put(name.toLowerCase(Locale.ROOT), charset));
      for (String name : Utf7.NAMES) {
        // Not one that another library brings: jutf7's decoder fails on what a sender may write.
        byName.put(name, Utf7.CHARSET);
      }
      return Map.copyOf(byName);
    }
  }

  private Charsets() {}

  /** The charset of that label, or null if it is not known. */
  public static @Nullable Charset find(Octets label) {
    return find(label.asAscii());
  }

  /**
   * The charset of that label, or null if it is not known. Where mail habitually means a larger
   * charset than it says - windows-1252 for ISO-8859-1, GBK for GB2312 - it is the larger one.
   */
  public static @Nullable Charset find(String label) {
    String name = clean(label);
    return name.equals("utf-8") ? StandardCharsets.UTF_8 : lookUp(name);
  }

  /** The label without white space, quotes and what follows it, in lower case. */
  private static String clean(String label) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < label.length() && name.length() < MAX_LABEL; i++) {
      char c = label.charAt(i);
      if (c == ';' || c == ',') {
        break;
      }
      if (c > ' ' && c < 127 && c != '"' && c != '\'' && c != '<' && c != '>') {
        name.append(c);
      }
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Charset lookUp(String name) {
    String known = ALIASES.get(name);
    Charset charset = known == null ? null : named(known);
    if (charset == null) {
      charset = named(name);
    }
    if (charset != null) {
      return charset;
    }
    if (name.startsWith("x-")) {
      return lookUp(name.substring(2));
    }
    if (name.startsWith("cp-") || name.startsWith("cp_")) {
      return named("cp" + name.substring(3));
    }
    if (name.startsWith("windows") && name.length() > 7 && Character.isDigit(name.charAt(7))) {
      return named("windows-" + name.substring(7));
    }
    if (name.startsWith("iso_") || name.startsWith("iso8859") || name.startsWith("iso-8859_")) {
      return named(name.replaceFirst("^iso[-_]?", "iso-").replaceFirst("8859[_-]?", "8859-"));
    }
    return null;
  }

  private static @Nullable Charset named(String name) {
    return Known.BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  /** Octets of no known charset as text: as UTF-8 if they are that, else as windows-1252. */
  static String guess(Octets octets) {
    ByteBuffer buffer = ByteBuffer.wrap(octets.array(), octets.from(), octets.length());
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(buffer);
      return text.toString();
    } catch (CharacterCodingException e) {
      StringBuilder text = new StringBuilder(octets.length());
      for (int i = 0; i < octets.length(); i++) {
        text.append(WINDOWS_1252.charAt(octets.at(i)));
      }
      return text.toString();
    }
  }

  private static String windows1252() {
    StringBuilder characters = new StringBuilder(256);
    for (int octet = 0; octet < 256; octet++) {
      characters.append((char) octet);
    }
    String high =
        "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f"
            + "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";
    return characters.replace(0x80, 0xa0, high).toString();
  }
}
