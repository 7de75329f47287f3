package org.posthorn.imap.persona;

import java.util.List;
import org.posthorn.imap.Command;
import org.posthorn.imap.ImapExtension;
import org.posthorn.imap.Session;
import org.posthorn.imap.command.XlistCommand;

/** XLIST, which came before SPECIAL-USE and which old clients still look for. */
public final class Xlist implements ImapExtension {
  @Override
  public String name() {
    return "XLIST";
  }

  @Override
  public List<String> capabilities(Session session) {
    return List.of(name());
  }

  @Override
  public List<Command> commands() {
    return List.of(new XlistCommand());
  }
}
