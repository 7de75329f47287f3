package org.posthorn.imap;

import java.util.Collection;
import org.posthorn.imap.wire.ResponseEncoder;

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
          code ->
              keywords(code.words("PERMANENTFLAGS (").words(SYSTEM), keywords)
                  .words(" \\*")
                  .close(),
          "Flags permitted");
    }
  }

  private static ResponseEncoder keywords(ResponseEncoder out, Collection<String> keywords) {
    keywords.forEach(keyword -> out.sp().atom(keyword));
    return out;
  }
}
