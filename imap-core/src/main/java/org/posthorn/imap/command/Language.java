package org.posthorn.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.imap.wire.SyntaxException;

/**
 * LANGUAGE, RFC 5255 section 3. The texts of this server are English, which serves as i-default
 * (RFC 2277 section 4.5) as well, so that a choice changes none of them.
 */
public final class Language implements Command {
  private static final String DEFAULT = "i-default";
  private static final List<String> LANGUAGES = List.of("en", DEFAULT);

  @Override
  public String name() {
    return "LANGUAGE";
  }

  @Override
  public Set<State> states() {
    return State.ANY;
  }

  /** *(SP lang-range-quoted). */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException {
    List<String> ranges = new ArrayList<>();
    while (in.acceptSpace()) {
      ranges.add(in.expectAstring().asAscii().toLowerCase(Locale.ROOT));
    }
    return running -> choose(running, ranges);
  }

  private static void choose(Session session, List<String> ranges) {
    if (ranges.isEmpty()) {
      tell(session, LANGUAGES);
      session.ok("LANGUAGE completed");
      return;
    }
    for (String range : ranges) {
      String language = match(range);
      if (language != null) {
        tell(session, List.of(language));
        session.ok("Now speaking English");
        return;
      }
    }
    session.no(ResponseCode.CANNOT, "None of these languages is spoken here");
  }

  /** RFC 4647 section 3.4: a range loses subtags from its end until a language matches. */
  private static @Nullable String match(String range) {
    if (range.equals("default") || range.equals("*")) {
      return DEFAULT;
    }
    String rest = range;
    while (!LANGUAGES.contains(rest)) {
      int end = rest.lastIndexOf('-');
      if (end < 0) {
        return null;
      }
      rest = rest.substring(0, end);
    }
    return rest;
  }

  private static void tell(Session session, List<String> languages) {
    ResponseEncoder out = session.out().untagged().words("LANGUAGE (");
    boolean first = true;
    for (String language : languages) {
      if (!first) {
        out.sp();
      }
      first = false;
      out.string(language);
    }
    out.close().crlf();
  }
}
