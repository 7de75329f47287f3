package org.posthorn.imap.context;

import java.util.List;
import org.posthorn.imap.Command;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;

/** RFC 5267: CONTEXT=SEARCH or CONTEXT=SORT, which have the command to end updates in common. */
public record Context(String name) implements ImapExtension {
  /** Updates of what SEARCH found. */
  public static final String SEARCH = "CONTEXT=SEARCH";

  /** Updates of what SORT found. */
  public static final String SORT = "CONTEXT=SORT";

  private static final Command CANCELUPDATE = new CancelUpdate();

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name);
  }

  @Override
  public List<Command> commands() {
    return List.of(CANCELUPDATE);
  }
}
