package org.posthorn.imap.binary;

import java.util.List;
import java.util.Map;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.imap.fetch.FetchItem;
import org.posthorn.imap.fetch.FetchKeyword;
import org.posthorn.imap.fetch.SectionParser;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** RFC 3516: BINARY, BINARY.PEEK and BINARY.SIZE; with it APPEND takes a literal8. */
public final class Binary implements ImapExtension {
  @Override
  public String name() {
    return "BINARY";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name());
  }

  @Override
  public Map<String, FetchKeyword> fetchItems() {
    return Map.of(
        "BINARY", in -> item(in, true),
        "BINARY.PEEK", in -> item(in, false),
        "BINARY.SIZE", in -> new BinarySizeItem(SectionParser.part(in)));
  }

  private static FetchItem item(CommandReader in, boolean marksSeen) throws SyntaxException {
    List<Long> part = SectionParser.part(in);
    return new BinaryItem(part, SectionParser.partial(in), marksSeen);
  }
}
