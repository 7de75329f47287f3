package org.posthorn.imap;

import java.util.List;
import org.posthorn.imap.command.Enable;
import org.posthorn.imap.command.Id;
import org.posthorn.imap.command.StartTls;

/**
 * Small extensions that the greeting names; their commands are made when one is asked for.
 *
 * @param name also the capability
 */
record Greeted(String name) implements ImapExtension {
  private static final String SASL_IR = "SASL-IR";
  private static final String ENABLE = "ENABLE";
  private static final String ID = "ID";
  private static final String STARTTLS = "STARTTLS";

  static List<ImapExtension> all() {
    return List.of(
        // RFC 7888: the framer takes non-synchronizing literals everywhere.
        new Greeted(Extensions.LITERAL_PLUS),
        // RFC 4959: AUTHENTICATE takes an initial response.
        new Greeted(SASL_IR),
        new Greeted(ENABLE),
        new Greeted(ID),
        new Greeted(STARTTLS));
  }

  @Override
  public List<String> capabilities(Session session) {
    return isAnnounced(session) ? List.of(name) : List.of();
  }

  private boolean isAnnounced(Session session) {
    return switch (name) {
      case SASL_IR -> session.state() == State.NOT_AUTHENTICATED;
      case STARTTLS -> session.canStartTls();
      default -> true;
    };
  }

  @Override
  public List<Command> commands() {
    return switch (name) {
      case ENABLE -> List.of(new Enable());
      case ID -> List.of(new Id());
      case STARTTLS -> List.of(new StartTls());
      default -> List.of();
    };
  }
}
