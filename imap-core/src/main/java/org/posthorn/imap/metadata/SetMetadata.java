package org.posthorn.imap.metadata;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.EntryName;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Metadata;
import org.posthorn.store.StoreException;

/** RFC 5464 section 4.3: all entries or none. */
final class SetMetadata implements Command {
  @Override
  public String name() {
    return "SETMETADATA";
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  @Override
  public boolean takesLiteral8() {
    return true;
  }

  /** SP mailbox SP "(" entry SP value *(SP entry SP value) ")". */
  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    Optional<MailboxName> mailbox = Entries.mailbox(in, session);
    in.expectSpace();
    in.expect('(');
    Map<EntryName, Optional<byte[]>> changes = new LinkedHashMap<>();
    do {
      if (changes.size() == Entries.MAX_NAMES) {
        throw new Refused(
            ResponseCode.LIMIT, "One command takes " + Entries.MAX_NAMES + " entries");
      }
      EntryName name = Entries.entry(in);
      in.expectSpace();
      Octets value = in.expectNstring8();
      if (mailbox.isPresent() && name.equals(SpecialUseEntry.NAME)) {
        throw new Refused(ResponseCode.CANNOT, "The special use of a mailbox is set by CREATE");
      }
      changes.put(name, Optional.ofNullable(value).map(Octets::toByteArray));
    } while (in.acceptSpace());
    in.expect(')');
    return new Changes(mailbox, changes);
  }

  private record Changes(Optional<MailboxName> mailbox, Map<EntryName, Optional<byte[]>> changes)
      implements Request {
    @Override
    public void execute(Session session) {
      Metadata metadata = MetadataExtension.of(session);
      session.call(
          new SetCall(metadata, session.account().identity(), mailbox, changes),
          done -> session.ok("SETMETADATA completed"),
          why -> failed(session, why, metadata.limits()));
    }

    private static void failed(Session session, StoreException why, Metadata.Limits limits) {
      switch (why.code()) {
        case TOO_BIG ->
            session.no(
                out -> out.words("METADATA MAXSIZE ").number(limits.valueOctets()),
                "Value too long");
        case LIMIT -> session.no(out -> out.words("METADATA TOOMANY"), "Too many entries");
        default -> session.fail(why);
      }
    }
  }

  private record SetCall(
      Metadata metadata,
      Identity who,
      Optional<MailboxName> mailbox,
      Map<EntryName, Optional<byte[]>> changes)
      implements StoreCall<Boolean> {
    @Override
    public Boolean invoke(CallContext context) throws StoreException {
      metadata.set(who, mailbox, changes);
      return true;
    }
  }
}
