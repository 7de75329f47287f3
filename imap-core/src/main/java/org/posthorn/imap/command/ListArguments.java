package org.posthorn.imap.command;

import org.posthorn.imap.Refused;
import org.posthorn.imap.Session;
import org.posthorn.imap.list.ListPattern;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;
import org.posthorn.store.InvalidMailboxName;

/** SP mailbox SP list-mailbox: what LSUB is given. */
record ListArguments(String reference, ListPattern pattern) {

  static ListArguments parse(CommandReader in, Session session) throws SyntaxException, Refused {
    in.expectSpace();
    Octets reference = in.expectAstring();
    in.expectSpace();
    Octets pattern = in.expectListMailbox();
    try {
      String root = session.wireName().text(reference);
      String below = session.wireName().text(pattern);
      return new ListArguments(root, ListPattern.of(root, below));
    } catch (InvalidMailboxName e) {
      throw Names.refused(e);
    }
  }
}
