package org.posthorn.imap.multisearch;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.imap.Refused;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxName;

/** RFC 7377 section 4: esearch-source-opts. */
final class SourceParser {
  private final CommandReader in;
  private final Session session;

  private SourceParser(CommandReader in, Session session) {
    this.in = in;
    this.session = session;
  }

  /** {@code ["IN" SP "(" filter-mailboxes *(SP filter-mailboxes) ")" SP]}. */
  static List<Source> parse(CommandReader in, Session session) throws SyntaxException, Refused {
    if (!in.acceptName("IN")) {
      return Source.DEFAULT;
    }
    in.expectSpace();
    in.expect('(');
    SourceParser parser = new SourceParser(in, session);
    List<Source> sources = new ArrayList<>();
    do {
      sources.add(parser.source());
    } while (in.acceptSpace());
    in.expect(')');
    in.expectSpace();
    return List.copyOf(sources);
  }

  private Source source() throws SyntaxException, Refused {
    for (Source.Kind kind : Source.Kind.values()) {
      if (in.acceptName(kind.word())) {
        return new Source(kind, kind.isNamed() ? names() : List.of());
      }
    }
    throw in.error("unknown source of messages");
  }

  /** one-or-more-mailbox: {@code SP (mailbox / "(" mailbox *(SP mailbox) ")")}. */
  private List<MailboxName> names() throws SyntaxException, Refused {
    in.expectSpace();
    if (!in.accept('(')) {
      return List.of(name());
    }
    List<MailboxName> names = new ArrayList<>();
    do {
      names.add(name());
    } while (in.acceptSpace());
    in.expect(')');
    return List.copyOf(names);
  }

  private MailboxName name() throws SyntaxException, Refused {
    try {
      return session.wireName().decode(in.expectAstring());
    } catch (InvalidMailboxName e) {
      throw new Refused(ResponseCode.CANNOT, String.valueOf(e.getMessage()));
    }
  }
}
