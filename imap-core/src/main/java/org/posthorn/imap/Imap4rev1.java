package org.posthorn.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.posthorn.imap.append.AppendCommand;
import org.posthorn.imap.command.Authenticate;
import org.posthorn.imap.command.Capability;
import org.posthorn.imap.command.Check;
import org.posthorn.imap.command.Close;
import org.posthorn.imap.command.Copy;
import org.posthorn.imap.command.Create;
import org.posthorn.imap.command.Delete;
import org.posthorn.imap.command.Expunge;
import org.posthorn.imap.command.Fetch;
import org.posthorn.imap.command.ListMailboxes;
import org.posthorn.imap.command.Login;
import org.posthorn.imap.command.Logout;
import org.posthorn.imap.command.Lsub;
import org.posthorn.imap.command.Noop;
import org.posthorn.imap.command.Rename;
import org.posthorn.imap.command.Search;
import org.posthorn.imap.command.Select;
import org.posthorn.imap.command.StatusCommand;
import org.posthorn.imap.command.Store;
import org.posthorn.imap.command.Subscribe;
import org.posthorn.imap.command.Unsubscribe;

/** RFC 3501 without STARTTLS, which is there only where TLS is. */
final class Imap4rev1 implements ImapExtension {
  @Override
  public String name() {
    return "IMAP4rev1";
  }

  @Override
  public List<String> capabilities(Session session) {
    List<String> capabilities = new ArrayList<>(List.of(name()));
    if (session.state() == State.NOT_AUTHENTICATED) {
      for (String mechanism :
          session.service().sasl().announced(session.connection(), session.tls())) {
        capabilities.add("AUTH=" + mechanism);
      }
      if (!session.service().sasl().permitsPasswords(session.tls())) {
        capabilities.add("LOGINDISABLED");
      }
    }
    return capabilities;
  }

  @Override
  public List<Command> commands() {
    return List.of(
        new Capability(),
        new Noop(),
        new Logout(),
        new Authenticate(),
        new Login(),
        Select.select(),
        Select.examine(),
        new Create(),
        new Delete(),
        new Rename(),
        new Subscribe(),
        new Unsubscribe(),
        new ListMailboxes(),
        new Lsub(),
        new StatusCommand(),
        new AppendCommand(),
        new Check(),
        new Close(),
        Expunge.all(),
        Search.bySequence(),
        Search.byUid(),
        Fetch.bySequence(),
        Fetch.byUid(),
        Store.bySequence(),
        Store.byUid(),
        Copy.bySequence(),
        Copy.byUid());
  }

  @Override
  public Map<String, StatusAttribute> statusItems() {
    return StatusCommand.ITEMS;
  }
}
