package org.posthorn.imap.preview;

import java.util.List;
import java.util.Map;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.imap.fetch.FetchItem;
import org.posthorn.imap.fetch.FetchKeyword;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** RFC 8970: the begin of a message's text. */
public final class Preview implements ImapExtension {
  @Override
  public String name() {
    return "PREVIEW";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name());
  }

  @Override
  public Map<String, FetchKeyword> fetchItems() {
    return Map.of(name(), Preview::item);
  }

  /**
   * {@code "PREVIEW" [SP "(" preview-mod *(SP preview-mod) ")"]}. Making one reads little of a
   * message, so LAZY, which allows to give none, changes nothing.
   */
  private static FetchItem item(CommandReader in) throws SyntaxException {
    int start = in.position();
    if (!in.acceptSpace() || !in.accept('(')) {
      in.rewind(start);
      return new PreviewItem();
    }
    do {
      if (!in.acceptName("LAZY")) {
        throw in.error("expected LAZY");
      }
    } while (in.acceptSpace());
    in.expect(')');
    return new PreviewItem();
  }
}
