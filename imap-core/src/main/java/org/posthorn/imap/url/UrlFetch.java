package org.posthorn.imap.url;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;

/** URLFETCH, RFC 4467 section 7 and RFC 5524 section 3. */
final class UrlFetch implements Command {

  /** What may be asked of a URL (RFC 5524 section 3.1), in the order in which it is answered. */
  enum Item {
    BODYPARTSTRUCTURE,
    BINARY,
    BODY
  }

  /**
   * A URL with what is asked of it.
   *
   * @param items empty: its octets alone, as RFC 4467 has it
   */
  record Wanted(String url, Set<Item> items) {}

  @Override
  public String name() {
    return "URLFETCH";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  /** 1*(SP (url / "(" url *(SP item) ")")). */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException {
    boolean extended = session.service().registry().has(UrlAuthBinary.NAME);
    List<Wanted> urls = new ArrayList<>();
    do {
      in.expectSpace();
      if (extended && in.accept('(')) {
        urls.add(new Wanted(in.expectAstring().asUtf8(), items(in)));
      } else {
        urls.add(new Wanted(in.expectAstring().asUtf8(), Set.of()));
      }
    } while (!in.atEnd());
    return running -> new UrlFetching(running, urls).next();
  }

  private static Set<Item> items(CommandReader in) throws SyntaxException {
    Set<Item> items = EnumSet.noneOf(Item.class);
    while (in.acceptSpace()) {
      int start = in.position();
      if (!items.add(item(in.expectName(), start))) {
        throw new SyntaxException("an item is asked for twice", start);
      }
    }
    in.expect(')');
    if (items.contains(Item.BINARY) && items.contains(Item.BODY)) {
      throw in.error("BINARY and BODY exclude each other");
    }
    return items;
  }

  private static Item item(String name, int start) throws SyntaxException {
    for (Item item : Item.values()) {
      if (item.name().equals(name.toUpperCase(Locale.ROOT))) {
        return item;
      }
    }
    throw new SyntaxException("unknown item", start);
  }
}
