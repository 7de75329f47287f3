package org.posthorn.imap.command;

import java.util.List;
import java.util.OptionalLong;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.fetch.FetchCall;
import org.posthorn.imap.fetch.FetchOutput;
import org.posthorn.imap.fetch.FetchPage;
import org.posthorn.imap.fetch.FetchProgram;
import org.posthorn.imap.fetch.RowItem;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.FlagChange;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Mailbox;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** One STORE under way: changes the flags, then tells what they are unless that is not wanted. */
final class Storing {
  private static final FetchProgram FLAGS = new FetchProgram(List.of(RowItem.FLAGS));

  private final Session session;
  private final Selected selected;
  private final FlagChange change;
  private final boolean silent;
  private final boolean byUid;
  private final UidSet uids;
  private boolean gone;

  Storing(Session session, FlagChange change, UidSet uids, boolean silent, boolean byUid) {
    this.session = session;
    this.selected = session.selected();
    this.change = change;
    this.uids = uids;
    this.silent = silent;
    this.byUid = byUid;
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
  }

  void begin() {
    session.call(
        new FlagsCall(selected.mailbox(), uids, change, selected.toldModSeq()), this::changed);
  }

  private void changed(FlagsResult result) {
    selected.own(result.modSeq(), result.changed());
    selected.announceKeywords(session, change.flags());
    gone = !result.gone().isEmpty();
    if (gone || !result.refused().isEmpty()) {
      selected.touch();
    }
    tell(silent ? UidSet.EMPTY : uids.minus(result.gone()));
  }

  private void tell(UidSet left) {
    if (left.isEmpty()) {
      end();
      return;
    }
    session.call(
        new FetchCall(
            selected.mailbox(),
            byUid ? FLAGS.withUid() : FLAGS,
            selected.view(),
            left,
            selected.recent(),
            false,
            FetchCall.DEFAULT_OCTETS),
        page -> told(page, left));
  }

  private void told(FetchPage page, UidSet left) {
    for (FetchOutput.Piece piece : page.output()) {
      if (piece instanceof FetchOutput.Bytes bytes) {
        session.flow().write(bytes.octets());
      }
    }
    UidSet rest = page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
    session.flow().whenWritable(() -> tell(rest));
  }

  private void end() {
    if (gone) {
      session.ok(ResponseCode.EXPUNGEISSUED, "STORE completed, some messages are gone");
    } else {
      session.ok("STORE completed");
    }
  }
}
