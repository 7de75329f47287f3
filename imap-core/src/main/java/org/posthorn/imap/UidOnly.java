package org.posthorn.imap;

import java.util.List;
import java.util.Set;

/**
 * RFC 9586: after ENABLE UIDONLY there are no sequence numbers, in neither direction: UIDFETCH
 * takes the place of FETCH, VANISHED that of EXPUNGE.
 */
public final class UidOnly implements ImapExtension {
  static final ResponseCode UIDREQUIRED = ResponseCode.atom("UIDREQUIRED");
  private static final String NAME = "UIDONLY";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(NAME);
  }

  @Override
  public Set<String> enables() {
    return Set.of(NAME);
  }

  /** Whether the client gave ENABLE UIDONLY. */
  public static boolean isEnabled(Session session) {
    return session.isEnabled(NAME);
  }

  /** Whether a command takes sequence numbers: whatever has a UID form, but for EXPUNGE. */
  static boolean forbids(Session session, Command command) {
    return isEnabled(session)
        && !command.name().equals("EXPUNGE")
        && session.service().registry().uidCommands().get(command.name()) != null;
  }

  /** Ends a command that spoke of sequence numbers. */
  public static void refuse(Session session) {
    session.finish(Status.BAD, UIDREQUIRED, "Sequence numbers cannot be used after ENABLE UIDONLY");
  }
}
