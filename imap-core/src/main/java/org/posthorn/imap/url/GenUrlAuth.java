package org.posthorn.imap.url;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.url.ImapUrl;
import org.posthorn.protocol.url.ImapUrlException;
import org.posthorn.protocol.url.UrlAuth;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UrlKeys;

/** GENURLAUTH, RFC 4467 section 7. */
final class GenUrlAuth implements Command {
  @Override
  public String name() {
    return "GENURLAUTH";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  /** 1*(SP url SP mechanism). */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException {
    List<ImapUrl> urls = new ArrayList<>();
    do {
      in.expectSpace();
      urls.add(url(in, session.account().identity().account()));
      in.expectSpace();
      if (!in.expectAtom().equalsIgnoreCase(UrlTokens.MECHANISM)) {
        throw in.error("unknown mechanism");
      }
    } while (!in.atEnd());
    return new Generate(urls);
  }

  private static ImapUrl url(CommandReader in, String account) throws SyntaxException {
    try {
      ImapUrl url = ImapUrl.parse(in.expectAstring().asUtf8());
      ImapUrl.Server server = url.server();
      UrlAuth auth = url.auth();
      if (server == null || !account.equals(server.user())) {
        throw in.error("the URL does not name you as its owner");
      }
      if (auth == null || auth.token() != null || url.mailbox() == null) {
        throw in.error("the URL has to end in an access identifier");
      }
      return url;
    } catch (ImapUrlException e) {
      throw in.error(String.valueOf(e.getMessage()));
    }
  }

  private record Generate(List<ImapUrl> urls) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new GenerateCall(UrlAuthExtension.keys(session), session.account().identity(), urls),
          signed -> {
            session.out().untagged().words("GENURLAUTH");
            signed.forEach(url -> session.out().sp().string(Octets.utf8(url)));
            session.out().crlf();
            session.ok("GENURLAUTH completed");
          },
          why -> {
            // RFC 4467: the mailbox has to exist.
            if (why.code() == StoreException.Code.NONEXISTENT) {
              session.bad("No such mailbox");
            } else {
              session.fail(why);
            }
          });
    }
  }

  private record GenerateCall(UrlKeys keys, Identity who, List<ImapUrl> urls)
      implements StoreCall<List<String>> {
    @Override
    public List<String> invoke(CallContext context) throws StoreException {
      List<String> signed = new ArrayList<>();
      for (ImapUrl url : urls) {
        MailboxName mailbox = url.mailbox();
        if (mailbox != null) {
          byte[] key = keys.key(who, mailbox);
          signed.add(url.text() + ":internal:" + UrlTokens.token(key, url.text()));
        }
      }
      return signed;
    }
  }
}
