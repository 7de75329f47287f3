package org.posthorn.imap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.store.Rights;

/** The FLAGS response and the PERMANENTFLAGS code (RFC 9051 sections 7.3.5 and 7.1). */
public final class MailboxFlags {
  private static final String SYSTEM = "\\Answered \\Flagged \\Deleted \\Seen \\Draft";

  private MailboxFlags() {}

  /** Both, as SELECT gives them and again when a keyword is new. */
  public static void write(Session session, Selected selected) {
    ResponseEncoder out = session.out();
    Collection<String> keywords = selected.keywords();
    keywords(out.untagged().words("FLAGS (").words(SYSTEM), keywords).close().crlf();
    if (selected.readOnly()) {
      session.untagged(
          Status.OK, code -> code.words("PERMANENTFLAGS ()"), "No permanent flags permitted");
    } else {
      session.untagged(
          Status.OK,
          code -> permanent(code.words("PERMANENTFLAGS ("), selected).close(),
          "Flags permitted");
    }
  }

  /** RFC 4314 section 4: what the rights let a client change for good. */
  private static ResponseEncoder permanent(ResponseEncoder out, Selected selected) {
    Rights rights = selected.rights();
    if (rights.has(Rights.Right.WRITE)
        && rights.has(Rights.Right.SEEN)
        && rights.has(Rights.Right.DELETE_MESSAGES)) {
      return keywords(out.words(SYSTEM), selected.keywords()).words(" \\*");
    }
    List<String> flags = new ArrayList<>();
    if (rights.has(Rights.Right.WRITE)) {
      flags.addAll(List.of("\\Answered", "\\Flagged", "\\Draft"));
    }
    if (rights.has(Rights.Right.DELETE_MESSAGES)) {
      flags.add("\\Deleted");
    }
    if (rights.has(Rights.Right.SEEN)) {
      flags.add("\\Seen");
    }
    out.words(String.join(" ", flags));
    return rights.has(Rights.Right.WRITE) ? keywords(out, selected.keywords()).words(" \\*") : out;
  }

  private static ResponseEncoder keywords(ResponseEncoder out, Collection<String> keywords) {
    keywords.forEach(keyword -> out.sp().atom(keyword));
    return out;
  }
}
