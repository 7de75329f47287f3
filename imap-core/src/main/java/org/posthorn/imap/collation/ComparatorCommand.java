package org.posthorn.imap.collation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;

/** COMPARATOR, RFC 5255 section 4.7. */
public final class ComparatorCommand implements Command {
  private static final ResponseCode BADCOMPARATOR = ResponseCode.atom("BADCOMPARATOR");

  @Override
  public String name() {
    return "COMPARATOR";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  /** {@code "COMPARATOR" *(SP comp-order-quoted)}. */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException {
    List<String> wanted = new ArrayList<>();
    while (in.acceptSpace()) {
      int start = in.position();
      Octets order = in.expectAstring();
      if (!isOrder(order)) {
        throw new SyntaxException("not the name of a comparator", start);
      }
      wanted.add(order.asAscii());
    }
    in.expectEnd();
    return running -> choose(running, wanted);
  }

  /** RFC 4790 section 3: the characters of collation-order. */
  private static boolean isOrder(Octets order) {
    for (int i = 0; i < order.length(); i++) {
      int c = order.at(i);
      boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (!letter && !(c >= '0' && c <= '9') && "-;=.*".indexOf(c) < 0) {
        return false;
      }
    }
    return !order.isEmpty();
  }

  private static void choose(Session session, List<String> wanted) {
    Set<Collation> matching = new LinkedHashSet<>();
    for (String order : wanted) {
      for (Collation collation : Collation.ALL) {
        boolean byDefault = order.equalsIgnoreCase("default") && collation == Collation.DEFAULT;
        if (byDefault || CollationPattern.matches(order, collation.id())) {
          matching.add(collation);
        }
      }
    }
    if (matching.isEmpty() && !wanted.isEmpty()) {
      session.no(BADCOMPARATOR, "No such comparator");
      return;
    }
    if (!matching.isEmpty()) {
      session.collation(matching.iterator().next());
    }
    ResponseEncoder out = session.out().untagged().words("COMPARATOR ");
    out.astring(Octets.ascii(session.collation().id()));
    if (matching.size() > 1) {
      String before = " (";
      for (Collation collation : matching) {
        out.words(before).astring(Octets.ascii(collation.id()));
        before = " ";
      }
      out.close();
    }
    out.crlf();
    session.ok("COMPARATOR completed");
  }
}
