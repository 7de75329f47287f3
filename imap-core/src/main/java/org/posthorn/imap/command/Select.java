package org.posthorn.imap.command;

import java.util.Set;
import org.posthorn.imap.Command;
import org.posthorn.imap.Imap4rev2;
import org.posthorn.imap.MailboxFlags;
import org.posthorn.imap.Refused;
import org.posthorn.imap.Request;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.imap.Status;
import org.posthorn.imap.SyncPoint;
import org.posthorn.imap.UidOnly;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.condstore.History;
import org.posthorn.imap.condstore.KnownState;
import org.posthorn.imap.condstore.SelectParameters;
import org.posthorn.imap.condstore.Vanished;
import org.posthorn.imap.fetch.FetchPages;
import org.posthorn.imap.fetch.FetchProgram;
import org.posthorn.imap.objectid.ObjectId;
import org.posthorn.imap.url.UrlAuthExtension;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.protocol.Event;
import org.posthorn.store.Acl;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** SELECT and EXAMINE, RFC 3501 sections 6.3.1 and 6.3.2. */
public final class Select implements Command {
  private final String name;
  private final boolean readOnly;

  private Select(String name, boolean readOnly) {
    this.name = name;
    this.readOnly = readOnly;
  }

  /** The command that opens for reading and writing. */
  public static Select select() {
    return new Select("SELECT", false);
  }

  /** The command that opens for reading. */
  public static Select examine() {
    return new Select("EXAMINE", true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<State> states() {
    return State.LOGGED_IN;
  }

  /** The view is new. */
  @Override
  public SyncPoint syncPoint() {
    return SyncPoint.NONE;
  }

  @Override
  public Request parse(CommandReader in, Session session) throws SyntaxException, Refused {
    MailboxName mailbox = Names.mailbox(in, session);
    return new Open(mailbox, SelectParameters.parse(in, session), readOnly);
  }

  private record Open(MailboxName name, SelectParameters parameters, boolean readOnly)
      implements Request {
    @Override
    public void execute(Session session) {
      // Whether the other can be opened or not, this one is no longer selected.
      if (session.state() == State.SELECTED) {
        session.unselect();
        session.untagged(Status.OK, ResponseCode.CLOSED, "Previous mailbox closed");
      }
      if (parameters.condStore()) {
        CondStore.enable(session);
      }
      session.call(
          new SelectCall(
              session.account(),
              session.service().store().facet(Acl.class).orElse(null),
              name,
              readOnly,
              session.effects().hints()),
          opened -> tell(session, opened));
    }

    private void tell(Session session, SelectCall.Opened opened) {
      Snapshot snapshot = opened.snapshot();
      Selected selected =
          new Selected(
              opened.mailbox(), opened.watch(), opened.readOnly(), snapshot, opened.firstRecent());
      selected.permit(opened.rights());
      session.select(selected);
      session.event(
          new Event.Selected(
              session.account().identity().account(),
              selected.info().name(),
              (int) selected.view().size()));
      MailboxFlags.write(session, selected);
      session.out().untagged().number(selected.view().size()).words(" EXISTS").crlf();
      boolean rev2 = Imap4rev2.isEnabled(session);
      if (!rev2) {
        session.out().untagged().number(selected.recent().size()).words(" RECENT").crlf();
      }
      boolean numbers = !rev2 && !UidOnly.isEnabled(session);
      if (numbers
          && snapshot.firstUnseenUid() > 0
          && selected.view().contains(snapshot.firstUnseenUid())) {
        long unseen = selected.sequence(snapshot.firstUnseenUid());
        session.untagged(Status.OK, ResponseCode.number("UNSEEN", unseen), "First unseen");
      }
      long uidValidity = selected.info().uidValidity();
      session.untagged(Status.OK, ResponseCode.number("UIDVALIDITY", uidValidity), "UIDs valid");
      session.untagged(
          Status.OK, ResponseCode.number("UIDNEXT", snapshot.uidNext()), "Predicted next UID");
      ResponseCode mailboxId = ObjectId.code(session, selected.info());
      if (mailboxId != null) {
        session.untagged(Status.OK, mailboxId, "Ok");
      }
      UrlAuthExtension.selected(session);
      ListOldName.selected(session, selected.info().name());
      if (session.service().registry().has(CondStore.NAME)) {
        session.untagged(
            Status.OK,
            selected.hasModSeqs() ? CondStore.highest(selected) : ResponseCode.NOMODSEQ,
            selected.hasModSeqs() ? "Highest" : "This mailbox has no MODSEQs");
      }
      missed(
          session,
          () ->
              session.ok(
                  opened.readOnly() ? ResponseCode.READ_ONLY : ResponseCode.READ_WRITE,
                  readOnly ? "EXAMINE completed" : "SELECT completed"));
    }

    /** Tells a client that was here before what it missed (RFC 7162 section 3.2.5). */
    private void missed(Session session, Runnable then) {
      Selected selected = session.selected();
      KnownState known = parameters.known();
      if (known == null
          || !selected.hasModSeqs()
          || known.uidValidity() != selected.info().uidValidity()) {
        then.run();
        return;
      }
      FetchProgram state = new FetchProgram(CondStore.state(session));
      History.since(
          session,
          known.modSeq(),
          history ->
              Vanished.earlier(
                  session,
                  known.vanished(selected, history),
                  () -> {
                    UidSet changed = known.concerning(selected.view()).intersect(history.changed());
                    new FetchPages(
                            session,
                            state,
                            changed,
                            pages -> then.run(),
                            why -> failed(session, why))
                        .next();
                  }),
          why -> failed(session, why));
    }

    /** NO means that nothing is selected. */
    private static void failed(Session session, StoreException why) {
      session.unselect();
      session.fail(why);
    }
  }
}
