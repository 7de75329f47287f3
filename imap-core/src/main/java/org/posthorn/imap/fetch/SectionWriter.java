package org.posthorn.imap.fetch;

import java.util.List;
import org.posthorn.imap.wire.ResponseEncoder;

/** RFC 9051 section 9: section, section-binary, as the server repeats them. */
public final class SectionWriter {

  private SectionWriter() {}

  /** The section in its brackets. */
  public static void write(Section section, ResponseEncoder out) {
    out.openBracket();
    numbers(section.part(), out);
    String word = section.text().word();
    if (!word.isEmpty()) {
      out.words(section.part().isEmpty() ? "" : ".").words(word);
    }
    if (!section.fields().isEmpty()) {
      out.sp().open();
      for (int i = 0; i < section.fields().size(); i++) {
        if (i > 0) {
          out.sp();
        }
        out.astring(section.fields().get(i));
      }
      out.close();
    }
    out.closeBracket();
  }

  /** Part numbers with dots between them. */
  public static void numbers(List<Long> part, ResponseEncoder out) {
    for (int i = 0; i < part.size(); i++) {
      out.words(i == 0 ? "" : ".").number(part.get(i));
    }
  }
}
