package org.posthorn.imap.metadata;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.EntryName;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Metadata;
import org.posthorn.store.StoreException;

/**
 * RFC 5464 section 4.2. The options stand before the mailbox in the grammar and behind it in the
 * examples; both are understood.
 */
final class GetMetadata implements Command {
  @Override
  public String name() {
    return "GETMETADATA";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    Options options = new Options();
    int start = in.position();
    in.expectSpace();
    if (in.peek() == '(') {
      options.parse(in);
    } else {
      in.rewind(start);
    }
    Optional<MailboxName> mailbox = Entries.mailbox(in, session);
    in.expectSpace();
    if (isOptions(in)) {
      options.parse(in);
      in.expectSpace();
    }
    List<EntryName> names = Entries.entries(in);
    return new Values(mailbox, new Wanted(names, options.depth, options.maxSize));
  }

  /** Whether a list follows whose first word is no entry. */
  private static boolean isOptions(CommandReader in) {
    int start = in.position();
    boolean options = in.accept('(') && (in.acceptName("MAXSIZE") || in.acceptName("DEPTH"));
    in.rewind(start);
    return options;
  }

  private static final class Options {
    private int depth;
    private long maxSize = Long.MAX_VALUE;

    /** {@code "(" option *(SP option) ")"}. */
    private void parse(CommandReader in) throws SyntaxException {
      in.expect('(');
      do {
        if (in.acceptName("MAXSIZE")) {
          in.expectSpace();
          maxSize = in.expectNumber();
        } else if (in.acceptName("DEPTH")) {
          in.expectSpace();
          depth = depth(in);
        } else {
          throw in.error("expected MAXSIZE or DEPTH");
        }
      } while (in.acceptSpace());
      in.expect(')');
    }

    private static int depth(CommandReader in) throws SyntaxException {
      if (in.acceptName("infinity")) {
        return Integer.MAX_VALUE;
      }
      long depth = in.expectNumber();
      if (depth > 1) {
        throw in.error("DEPTH is 0, 1 or infinity");
      }
      return (int) depth;
    }
  }

  private record Values(Optional<MailboxName> mailbox, Wanted wanted) implements Request {
    @Override
    public void execute(Session session) {
      session.call(
          new GetCall(MetadataExtension.of(session), session.account(), mailbox, wanted),
          answer -> tell(session, answer));
    }

    private void tell(Session session, Wanted.Answer answer) {
      Entries.write(session, mailbox, answer.values());
      if (answer.longest() > 0) {
        session.ok(
            out -> out.words("METADATA LONGENTRIES ").number(answer.longest()),
            "GETMETADATA completed, longer values are left out");
      } else {
        session.ok("GETMETADATA completed");
      }
    }
  }

  private record GetCall(
      Metadata metadata, Account account, Optional<MailboxName> mailbox, Wanted wanted)
      implements StoreCall<Wanted.Answer> {
    @Override
    public Wanted.Answer invoke(CallContext context) throws StoreException {
      TreeMap<EntryName, byte[]> all = new TreeMap<>(metadata.get(account.identity(), mailbox));
      if (mailbox.isPresent()) {
        SpecialUseEntry.addTo(all, account, mailbox.get());
      }
      return wanted.outOf(all);
    }
  }
}
