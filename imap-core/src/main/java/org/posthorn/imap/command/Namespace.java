package org.posthorn.imap.command;

import java.util.List;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.Namespaces;
import org.posthorn.store.StoreException;

/** RFC 2342, RFC 9051 section 6.3.10. */
public final class Namespace implements Command {
  @Override
  public String name() {
    return "NAMESPACE";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public Request parse(CommandReader in, Session session) {
    return Namespace::execute;
  }

  private static void execute(Session session) {
    session.call(new NamespaceCall(session.account()), namespaces -> tell(session, namespaces));
  }

  private static void tell(Session session, Namespaces namespaces) {
    session.out().untagged().words("NAMESPACE");
    kind(session, namespaces.personal());
    kind(session, namespaces.otherUsers());
    kind(session, namespaces.shared());
    session.out().crlf();
    session.ok("NAMESPACE completed");
  }

  private static void kind(Session session, List<Namespaces.Namespace> namespaces) {
    ResponseEncoder out = session.out().sp();
    if (namespaces.isEmpty()) {
      out.nil();
      return;
    }
    out.open();
    for (Namespaces.Namespace namespace : namespaces) {
      out.open().string(session.wireName().encode(namespace.prefix())).words(" \"/\"").close();
    }
    out.close();
  }

  /** The namespaces of an account. */
  record NamespaceCall(Account account) implements StoreCall<Namespaces> {
    @Override
    public Namespaces invoke(CallContext context) throws StoreException {
      return account.namespaces();
    }
  }
}
