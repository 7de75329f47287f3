package org.posthorn.imap.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Refused;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.command.Names;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.mime.Octets;
import org.posthorn.store.EntryName;
import org.posthorn.store.MailboxName;

/** RFC 5464 section 5: mailbox, entry, entries, as arguments; and the METADATA response. */
final class Entries {
  /** Names that one command may have. */
  static final int MAX_NAMES = 1000;

  private Entries() {}

  /** A space and a mailbox; empty for the server, which an empty string stands for. */
  static Optional<MailboxName> mailbox(CommandReader in, Session session)
      throws SyntaxException, Refused {
    int start = in.position();
    in.expectSpace();
    if (in.expectAstring().isEmpty()) {
      return Optional.empty();
    }
    in.rewind(start);
    return Optional.of(Names.mailbox(in, session));
  }

  /** entry = astring. */
  static EntryName entry(CommandReader in) throws SyntaxException {
    int start = in.position();
    try {
      return new EntryName(in.expectAstring().asUtf8());
    } catch (IllegalArgumentException e) {
      throw new SyntaxException(String.valueOf(e.getMessage()), start);
    }
  }

  /** {@code entry / "(" entry *(SP entry) ")"}. */
  static List<EntryName> entries(CommandReader in) throws SyntaxException, Refused {
    return in.peek() == '(' ? list(in) : List.of(entry(in));
  }

  /** {@code "(" entry *(SP entry) ")"}. */
  static List<EntryName> list(CommandReader in) throws SyntaxException, Refused {
    List<EntryName> names = new ArrayList<>();
    in.expect('(');
    do {
      if (names.size() == MAX_NAMES) {
        throw new Refused(ResponseCode.LIMIT, "One command takes " + MAX_NAMES + " entries");
      }
      names.add(entry(in));
    } while (in.acceptSpace());
    in.expect(')');
    return names;
  }

  /** The METADATA response with values (RFC 5464 section 4.4.1); none where there is no entry. */
  static void write(
      Session session, Optional<MailboxName> mailbox, Map<EntryName, Optional<byte[]>> values) {
    if (values.isEmpty()) {
      return;
    }
    ResponseEncoder out = session.out().untagged().words("METADATA ");
    out.astring(mailbox.map(session.wireName()::encode).orElse(Octets.EMPTY)).sp().open();
    boolean first = true;
    for (Map.Entry<EntryName, Optional<byte[]>> entry : values.entrySet()) {
      if (!first) {
        out.sp();
      }
      first = false;
      out.astring(Octets.ascii(entry.getKey().path())).sp();
      value(out, entry.getValue().orElse(null));
    }
    out.close().crlf();
  }

  /** value = nstring / literal8. */
  private static void value(ResponseEncoder out, byte @Nullable [] value) {
    if (value == null) {
      out.nil();
      return;
    }
    Octets octets = Octets.of(value);
    if (octets.indexOf((byte) 0) >= 0) {
      out.literal8Header(octets.length()).slice(octets.asBuffer());
    } else {
      out.string(octets);
    }
  }
}
