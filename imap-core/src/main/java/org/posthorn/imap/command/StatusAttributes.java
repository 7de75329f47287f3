package org.posthorn.imap.command;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.posthorn.imap.Session;
import org.posthorn.imap.StatusAttribute;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.StatusItem;

/** What STATUS was asked for, in the client's order, and the response that tells it. */
public record StatusAttributes(Map<String, StatusAttribute> asked) {

  /** "(" status-att *(SP status-att) ")". */
  public static StatusAttributes parse(CommandReader in, Session session) throws SyntaxException {
    in.expect('(');
    Map<String, StatusAttribute> known = session.service().registry().statusItems();
    Map<String, StatusAttribute> asked = new LinkedHashMap<>();
    do {
      String word = in.expectName();
      StatusAttribute attribute = known.get(word);
      if (attribute == null) {
        throw in.error("unknown STATUS item");
      }
      asked.put(word, attribute);
    } while (in.acceptSpace());
    in.expect(')');
    return new StatusAttributes(asked);
  }

  /** What the store has to tell; what the items switch on is switched on now. */
  public Set<StatusItem> begin(Session session) {
    for (StatusAttribute attribute : asked.values()) {
      attribute.asked(session);
    }
    return items();
  }

  /** What the store has to tell. */
  Set<StatusItem> items() {
    Set<StatusItem> items = EnumSet.noneOf(StatusItem.class);
    for (StatusAttribute attribute : asked.values()) {
      items.addAll(attribute.items());
    }
    return Set.copyOf(items);
  }

  /** RFC 9051 section 7.3.4. */
  public void write(Session session, MailboxName name, MailboxStatus status) {
    ResponseEncoder out = session.out().untagged().words("STATUS ");
    out.astring(session.wireName().encode(name)).sp().open();
    boolean first = true;
    for (Map.Entry<String, StatusAttribute> item : asked.entrySet()) {
      if (!first) {
        out.sp();
      }
      first = false;
      out.words(item.getKey()).sp();
      item.getValue().write(status, session, out);
    }
    out.close().crlf();
  }
}
