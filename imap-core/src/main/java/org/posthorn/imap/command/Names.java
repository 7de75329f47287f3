package org.posthorn.imap.command;

import org.posthorn.imap.Refused;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxName;

/** RFC 9051: mailbox, as an argument. */
public final class Names {
  private Names() {}

  /** A space and the name of a mailbox. */
  public static MailboxName mailbox(CommandReader in, Session session)
      throws SyntaxException, Refused {
    in.expectSpace();
    Octets wire = in.expectAstring();
    try {
      return session.wireName().decode(wire);
    } catch (InvalidMailboxName e) {
      throw refused(e);
    }
  }

  /** A space and the name of a mailbox that is to be made; it may end in the delimiter. */
  public static MailboxName toCreate(CommandReader in, Session session)
      throws SyntaxException, Refused {
    in.expectSpace();
    Octets wire = in.expectAstring();
    try {
      return session.wireName().decodeToCreate(wire);
    } catch (InvalidMailboxName e) {
      throw refused(e);
    }
  }

  public static Refused refused(InvalidMailboxName why) {
    return new Refused(ResponseCode.CANNOT, String.valueOf(why.getMessage()));
  }
}
