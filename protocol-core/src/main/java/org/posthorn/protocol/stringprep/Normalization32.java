package org.posthorn.protocol.stringprep;

import java.text.Normalizer;
import java.util.BitSet;

/** NFKC as Unicode 3.2 had it, which is what RFC 3454 section 4 asks for. */
final class Normalization32 {
  private Normalization32() {}

  /** Characters that came after Unicode 3.2 stay as they are, and part what stands around them. */
  static String nfkc(CharSequence text) {
    BitSet unassigned = Rfc3454Tables.table("A.1");
    StringBuilder normal = new StringBuilder(text.length());
    int from = 0;
    for (int i = 0; i < text.length(); ) {
      int c = Character.codePointAt(text, i);
      int next = i + Character.charCount(c);
      if (unassigned.get(c)) {
        normal.append(Normalizer.normalize(text.subSequence(from, i), Normalizer.Form.NFKC));
        normal.appendCodePoint(c);
        from = next;
      }
      i = next;
    }
    return normal
        .append(Normalizer.normalize(text.subSequence(from, text.length()), Normalizer.Form.NFKC))
        .toString();
  }
}
