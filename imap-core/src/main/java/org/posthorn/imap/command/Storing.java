package org.posthorn.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.Status;
import org.posthorn.imap.UidOnly;
import org.posthorn.imap.condstore.CondStore;
import org.posthorn.imap.fetch.FetchItem;
import org.posthorn.imap.fetch.FetchPages;
import org.posthorn.imap.fetch.FetchProgram;
import org.posthorn.imap.fetch.ModSeqItem;
import org.posthorn.imap.fetch.RowItem;
import org.posthorn.imap.limit.Allowance;
import org.posthorn.imap.limit.Batch;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.FlagChange;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Mailbox;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** One STORE under way: changes the flags, then tells what they are unless that is not wanted. */
final class Storing {
  private final Session session;
  private final Selected selected;
  private final FlagChange change;
  private final boolean silent;
  private final boolean byUid;
  private final Allowance allowance;
  private final UidSet uids;
  private final OptionalLong unchangedSince;
  private boolean gone;
  private UidSet modified = UidSet.EMPTY;

  /**
   * @param unchangedSince messages with a greater MODSEQ are left alone
   */
  Storing(
      Session session,
      FlagChange change,
      Allowance allowance,
      boolean silent,
      boolean byUid,
      OptionalLong unchangedSince) {
    this.session = session;
    this.selected = session.selected();
    this.change = change;
    this.allowance = allowance;
    this.uids = allowance.uids();
    this.silent = silent;
    this.byUid = byUid;
    this.unchangedSince = unchangedSince;
  }

  /**
   * Changes the flags. Where somebody else changed a message of which the client has not been told,
   * its own change does not count as known to it, or it would never hear of the other one.
   *
   * @param known MODSEQ up to which the client has been told
   */
  private record FlagsCall(Mailbox mailbox, UidSet uids, FlagChange change, long known)
      implements StoreCall<FlagsResult> {
    @Override
    public FlagsResult invoke(CallContext context) throws StoreException {
      FlagsResult result = mailbox.storeFlags(uids, change, OptionalLong.of(known));
      if (!result.refused().isEmpty()) {
        mailbox.storeFlags(result.refused(), change, OptionalLong.empty());
      }
      return result;
    }

    @Override
    public Lane lane() {
      return Batch.lane(uids);
    }
  }

  /** Changes the flags of messages that have not changed since (RFC 7162 section 3.1.3). */
  private record ConditionalCall(
      Mailbox mailbox, UidSet uids, FlagChange change, OptionalLong unchangedSince)
      implements StoreCall<FlagsResult> {
    @Override
    public FlagsResult invoke(CallContext context) throws StoreException {
      return mailbox.storeFlags(uids, change, unchangedSince);
    }

    @Override
    public Lane lane() {
      return Batch.lane(uids);
    }
  }

  void begin() {
    Mailbox mailbox = selected.mailbox();
    session.call(
        unchangedSince.isPresent()
            ? new ConditionalCall(mailbox, uids, change, unchangedSince)
            : new FlagsCall(mailbox, uids, change, selected.toldModSeq()),
        this::changed);
  }

  private void changed(FlagsResult result) {
    if (unchangedSince.orElse(0) <= selected.toldModSeq()) {
      selected.own(result.modSeq(), result.changed());
    } else {
      // Whatever the client knows beyond what it was told, it did not learn here.
      selected.touch();
    }
    selected.announceKeywords(session, change.flags());
    gone = !result.gone().isEmpty();
    if (gone || !result.refused().isEmpty()) {
      selected.touch();
    }
    UidSet there = uids.minus(result.gone());
    if (unchangedSince.isPresent()) {
      modified = result.refused();
      tell(there.minus(modified), () -> tellModified(there.intersect(modified)));
    } else if (silent) {
      tell(CondStore.isEnabled(session) ? result.changed() : UidSet.EMPTY, this::end);
    } else {
      tell(there, this::end);
    }
  }

  private void tell(UidSet messages, Runnable then) {
    boolean condStore = CondStore.isEnabled(session);
    List<FetchItem> items = new ArrayList<>();
    if ((byUid || condStore) && !UidOnly.isEnabled(session)) {
      items.add(RowItem.UID);
    }
    if (!silent) {
      items.add(RowItem.FLAGS);
    }
    if (condStore) {
      items.add(ModSeqItem.MODSEQ);
    }
    send(items, messages, then);
  }

  /** So that the client need not ask why they were left alone (RFC 7162 section 3.1.3). */
  private void tellModified(UidSet messages) {
    send(CondStore.state(session), messages, this::end);
  }

  private void send(List<FetchItem> items, UidSet messages, Runnable then) {
    new FetchPages(session, new FetchProgram(items), messages, pages -> then.run())
        .newestFirst(allowance.isPart())
        .next();
  }

  private void end() {
    if (!modified.isEmpty()) {
      ResponseCode code = ResponseCode.modified(byUid ? modified : selected.numbers(modified));
      if (gone) {
        allowance.finish(session, Status.NO, code, "Some messages changed and some are gone");
      } else {
        allowance.finish(
            session, Status.OK, code, "Conditional STORE completed, some messages had changed");
      }
    } else if (gone) {
      allowance.finish(
          session,
          Status.OK,
          ResponseCode.EXPUNGEISSUED,
          "STORE completed, some messages are gone");
    } else {
      allowance.finish(session, Status.OK, null, "STORE completed");
    }
  }
}
