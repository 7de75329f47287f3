package org.posthorn.imap.notify;

import java.util.List;
import org.posthorn.imap.Command;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;

/** RFC 5465. */
public final class Notify implements ImapExtension {
  @Override
  public String name() {
    return "NOTIFY";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name());
  }

  @Override
  public List<Command> commands() {
    return List.of(new NotifyCommand());
  }
}
