package org.posthorn.imap.command;

import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.LiteralReceiver;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.command.AppendCalls.Begin;
import org.posthorn.imap.command.AppendCalls.Begun;
import org.posthorn.imap.command.AppendCalls.Commit;
import org.posthorn.imap.command.AppendCalls.Write;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.LiteralHeader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.Event;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.Flags;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/** One APPEND under way. Store and quota agree before the client is told to go on. */
final class AppendReceiver implements LiteralReceiver {
  /** Octets that one call to the store takes. */
  private static final int CHUNK = 64 << 10;

  private final MailboxName name;
  private final Flags flags;
  private final @Nullable OffsetDateTime date;
  private ByteBuffer chunk = ByteBuffer.allocate(0);
  private boolean binary;
  private @Nullable Begun begun;

  AppendReceiver(MailboxName name, Flags flags, @Nullable OffsetDateTime date) {
    this.name = name;
    this.flags = flags;
    this.date = date;
  }

  @Override
  public void announced(LiteralHeader header, Session session) {
    long limit = session.service().limits().message();
    if (header.octets() > limit) {
      session.no(ResponseCode.TOOBIG, "Messages may have " + limit + " octets");
      return;
    }
    if (header.octets() == 0) {
      session.no(ResponseCode.CANNOT, "A message cannot be empty");
      return;
    }
    binary = header.binary();
    AppendSpec spec =
        AppendSpec.plain().withSize(header.octets()).withLimit(limit).withFlags(flags);
    if (date != null) {
      spec = spec.withInternalDate(date);
    }
    session.call(
        new Begin(session.account(), name, spec),
        started -> {
          begun = started;
          chunk = ByteBuffer.allocate((int) Math.min(CHUNK, header.octets()));
          session.takeLiteral(header);
        },
        why -> refused(session, why));
  }

  private static void refused(Session session, StoreException why) {
    if (why.code() == StoreException.Code.NONEXISTENT) {
      session.no(ResponseCode.TRYCREATE, "No such mailbox");
    } else {
      session.fail(why);
    }
  }

  @Override
  public int sliceSize() {
    return chunk.remaining();
  }

  @Override
  public void octets(ByteBuffer slice, boolean last, Session session) {
    chunk.put(slice);
    if (!last && chunk.hasRemaining()) {
      return;
    }
    chunk.flip();
    if (!binary && hasNul(chunk)) {
      session.bad("NUL in a literal that is not a literal8");
      return;
    }
    session.call(new Write(begun(), chunk), done -> chunk.clear());
  }

  private static boolean hasNul(ByteBuffer octets) {
    for (int i = 0; i < octets.limit(); i++) {
      if (octets.get(i) == 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void further(CommandReader in, LiteralHeader header, Session session)
      throws SyntaxException {
    throw in.error("only one message can be appended at a time");
  }

  @Override
  public void end(CommandReader in, Session session) throws SyntaxException {
    in.expectEnd();
    Begun written = begun();
    session.call(
        new Commit(written), appended -> appended(session, appended, written.message().octets()));
  }

  private void appended(Session session, Appended appended, long octets) {
    if (session.isSelected(name)) {
      session.selected().touch();
    }
    session.event(new Event.Appended(session.account().identity().account(), name, 1, octets));
    session.ok(
        ResponseCode.appendUid(appended.mailbox().uidValidity(), appended.uids()),
        "APPEND completed");
  }

  @Override
  public void abandoned(Session session) {
    Begun left = begun;
    if (left != null) {
      begun = null;
      session.release(left);
    }
  }

  private Begun begun() {
    Begun started = begun;
    if (started == null) {
      throw new IllegalStateException("no append is under way");
    }
    return started;
  }
}
