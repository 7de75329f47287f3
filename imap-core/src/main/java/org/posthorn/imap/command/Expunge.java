package org.posthorn.imap.command;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Command;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.Status;
import org.posthorn.imap.limit.Allowance;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.MessageSet;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Expunged;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** EXPUNGE, RFC 9051 section 6.4.3, and UID EXPUNGE, RFC 4315 section 2.1. */
public final class Expunge implements Command {
  private final boolean byUid;

  private Expunge(boolean byUid) {
    this.byUid = byUid;
  }

  /** EXPUNGE. */
  public static Expunge all() {
    return new Expunge(false);
  }

  /** UID EXPUNGE. */
  public static Expunge byUid() {
    return new Expunge(true);
  }

  @Override
  public String name() {
    return byUid ? "UID EXPUNGE" : "EXPUNGE";
  }

  @Override
  public Set<State> states() {
    return State.IN_MAILBOX;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException {
    if (!byUid) {
      return new Among(null);
    }
    in.expectSpace();
    return new Among(in.expectMessageSet());
  }

  private record Among(@Nullable MessageSet set) implements Request {
    @Override
    public void execute(Session session) {
      Selected selected = session.selected();
      if (selected.readOnly()) {
        session.no(ResponseCode.READ_ONLY, "Mailbox is read-only");
        return;
      }
      UidSet uids = set == null ? selected.view() : selected.resolve(set, true);
      if (uids.isEmpty()) {
        session.ok("EXPUNGE completed");
        return;
      }
      if (set == null || !Allowance.isLimited(session)) {
        expunge(session, new Allowance(uids, null));
      } else {
        session.call(
            new DeletedCall(selected.mailbox(), uids),
            deleted -> expunge(session, Allowance.of(session, deleted)));
      }
    }

    private static void expunge(Session session, Allowance allowance) {
      session.call(
          new ExpungeCall(session.selected().mailbox(), allowance.uids()),
          expunged -> removed(session, expunged, allowance));
    }

    private static void removed(Session session, Expunged expunged, Allowance allowance) {
      if (!expunged.uids().isEmpty()) {
        session.event(
            new Event.Expunged(
                session.account().identity().account(), (int) expunged.uids().size()));
      }
      // The EXPUNGE responses come from the one place that moves the view.
      session.selected().removed(expunged.uids());
      allowance.finish(session, Status.OK, null, "EXPUNGE completed");
    }
  }

  /** Those of the messages that are \Deleted. */
  record DeletedCall(Mailbox mailbox, UidSet among) implements StoreCall<UidSet> {
    @Override
    public UidSet invoke(CallContext context) throws StoreException {
      UidSet.Builder deleted = UidSet.builder();
      UidSet left = among;
      while (!left.isEmpty()) {
        Page page = mailbox.list(left, PageLimit.DEFAULT, Set.of());
        for (Row row : page.rows()) {
          if (row.flags().has(SystemFlag.DELETED)) {
            deleted.add(row.uid());
          }
        }
        left = page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
      }
      return deleted.build();
    }
  }

  /** Removes those of the messages that are \Deleted. */
  record ExpungeCall(Mailbox mailbox, UidSet among) implements StoreCall<Expunged> {
    @Override
    public Expunged invoke(CallContext context) throws StoreException {
      return mailbox.expungeDeleted(among);
    }
  }
}
