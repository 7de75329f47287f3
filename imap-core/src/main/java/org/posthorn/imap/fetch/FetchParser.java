package org.posthorn.imap.fetch;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** Reads which items a FETCH asks for (RFC 9051 section 9: fetch). */
public final class FetchParser {

  /** Groups of items by their names (RFC 9051 section 6.4.5). */
  private static final Map<String, List<FetchItem>> MACROS =
      Map.of(
          "FAST",
          List.of(RowItem.FLAGS, RowItem.INTERNALDATE, RowItem.RFC822_SIZE),
          "ALL",
          List.of(RowItem.FLAGS, RowItem.INTERNALDATE, RowItem.RFC822_SIZE, IndexItem.ENVELOPE),
          "FULL",
          List.of(
              RowItem.FLAGS,
              RowItem.INTERNALDATE,
              RowItem.RFC822_SIZE,
              IndexItem.ENVELOPE,
              IndexItem.BODY));

  /** Items for which there is room at once. */
  private static final int FEW = 4;

  private FetchParser() {}

  /**
   * {@code "ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")"}.
   *
   * @param keywords the items by their names in upper case, {@link StandardItems#KEYWORDS} and
   *     those of extensions
   */
  public static FetchProgram parse(CommandReader in, Map<String, FetchKeyword> keywords)
      throws SyntaxException {
    if (in.accept('(')) {
      return items(in, keywords);
    }
    int start = in.position();
    List<FetchItem> macro = MACROS.get(in.expectName());
    if (macro != null) {
      return new FetchProgram(macro);
    }
    in.rewind(start);
    return new FetchProgram(List.of(item(in, keywords)));
  }

  private static FetchProgram items(CommandReader in, Map<String, FetchKeyword> keywords)
      throws SyntaxException {
    FetchItem[] items = new FetchItem[FEW];
    int count = 0;
    do {
      if (count == items.length) {
        items = Arrays.copyOf(items, 2 * count);
      }
      items[count++] = item(in, keywords);
    } while (in.acceptSpace());
    in.expect(')');
    return new FetchProgram(items, count);
  }

  private static FetchItem item(CommandReader in, Map<String, FetchKeyword> keywords)
      throws SyntaxException {
    int start = in.position();
    FetchKeyword keyword = keywords.get(in.expectName());
    if (keyword == null) {
      throw new SyntaxException("unknown FETCH item", start);
    }
    return keyword.parse(in);
  }
}
