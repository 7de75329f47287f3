package org.posthorn.imap.search;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.posthorn.imap.collation.Collation;
import org.posthorn.mime.Charsets;
import org.posthorn.mime.Octets;

/** The charset of the strings in a SEARCH (RFC 9051 section 6.4.4). */
public final class SearchCharset {

  /** Names for BADCHARSET: some of those that the JDK can read. */
  public static final List<String> LISTED =
      List.of("US-ASCII", "UTF-8", "UTF-16", "ISO-8859-1", "ISO-8859-15", "windows-1252");

  /** Where no CHARSET was given: ASCII, or what clients send instead of it. */
  static final SearchCharset DEFAULT = new SearchCharset(StandardCharsets.UTF_8);

  private final Charset charset;

  private SearchCharset(Charset charset) {
    this.charset = charset;
  }

  static SearchCharset of(Octets label) throws SearchRefused {
    Charset charset = Charsets.find(label);
    if (charset == null) {
      throw new SearchRefused(SearchRefused.Reason.BAD_CHARSET, "Unknown charset");
    }
    return new SearchCharset(charset);
  }

  /** Whether it is UTF-8 or a part of it. */
  boolean isUnicode() {
    return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
  }

  /** The text, to be looked for by that collation. */
  Needle needle(Octets text, Collation collation) throws SearchRefused {
    return isUnicode() && Needle.isAscii(text)
        ? new Needle(text, collation)
        : new Needle(decode(text), collation);
  }

  private String decode(Octets octets) throws SearchRefused {
    try {
      return charset.newDecoder().decode(octets.asBuffer()).toString();
    } catch (CharacterCodingException e) {
      throw new SearchRefused(
          SearchRefused.Reason.BAD_CHARSET, "Search string is not in its charset");
    }
  }
}
