package org.posthorn.imap.fetch;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** The FETCH items of RFC 3501 section 6.4.5 and RFC 9051 section 6.4.5. */
public final class StandardItems {

  /** By name, in upper case. */
  public static final Map<String, FetchKeyword> KEYWORDS = keywords();

  private StandardItems() {}

  private static Map<String, FetchKeyword> keywords() {
    Map<String, FetchKeyword> items = new HashMap<>();
    for (RowItem item : RowItem.values()) {
      items.put(item.word(), in -> item);
    }
    items.put("ENVELOPE", in -> IndexItem.ENVELOPE);
    items.put("BODYSTRUCTURE", in -> IndexItem.BODYSTRUCTURE);
    items.put("BODY", in -> in.peek() == '[' ? section(in, true) : IndexItem.BODY);
    items.put("BODY.PEEK", in -> section(in, false));
    items.put("RFC822", in -> named("RFC822", Section.Text.ALL, true));
    items.put("RFC822.HEADER", in -> named("RFC822.HEADER", Section.Text.HEADER, false));
    items.put("RFC822.TEXT", in -> named("RFC822.TEXT", Section.Text.TEXT, true));
    return Map.copyOf(items);
  }

  private static FetchItem section(CommandReader in, boolean marksSeen) throws SyntaxException {
    Section section = SectionParser.section(in);
    @Nullable Partial partial = SectionParser.partial(in);
    return new SectionItem(null, section, partial, marksSeen);
  }

  private static FetchItem named(String name, Section.Text text, boolean marksSeen) {
    return new SectionItem(name, Section.of(text), null, marksSeen);
  }
}
