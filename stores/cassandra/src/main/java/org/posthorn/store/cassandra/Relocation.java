package org.posthorn.store.cassandra;

import java.util.List;
import java.util.Optional;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/**
 * Messages that go from one mailbox into another of the same account. That is first written down in
 * the mailbox from which they come: whoever opens or changes that finishes it, and they arrive
 * once.
 */
final class Relocation {
  private final Boxes boxes;
  private final String source;
  private final String target;
  private final long number = Ids.move();
  private final Claim claim;
  private UidSet wanted = UidSet.EMPTY;

  Relocation(Boxes boxes, String source, String target) {
    this.boxes = boxes;
    this.source = source;
    this.target = target;
    this.claim = new Claim(boxes.cql, boxes.settings, target);
  }

  /**
   * What went.
   *
   * @param modSeq of the source afterwards
   */
  record Moved(UidSet uids, UidSet copies, long modSeq) {}

  /**
   * @throws StoreException NONEXISTENT or LIMIT where the destination did not take them
   */
  Moved run(UidSet uids) throws StoreException {
    claim.comeBy(source, number);
    boxes.change(source, draft -> decide(draft, uids));
    Box after = boxes.quiet(source);
    if (wanted.isEmpty()) {
      claim.settled();
      return new Moved(wanted, wanted, after.modSeq);
    }
    UidSet copies = Leftovers.arrived(boxes, target, number, (int) wanted.size());
    claim.settled();
    if (wanted.size() > Boxes.BATCH) {
      boxes.finish(target);
    }
    return new Moved(wanted, copies, after.modSeq);
  }

  /** What a renamed INBOX has below a UID goes; all of it stays where it cannot go. */
  static void ofInbox(Boxes boxes, String source, String target, long uidNext)
      throws StoreException {
    try {
      if (uidNext > 1) {
        new Relocation(boxes, source, target).run(UidSet.range(1, uidNext - 1));
      }
    } catch (StoreException e) {
      if (e.code() != Code.LIMIT && e.code() != Code.NONEXISTENT) {
        throw e;
      }
      // Else nobody could read the names any more.
      System.getLogger(Relocation.class.getName())
          .log(System.Logger.Level.WARNING, "messages of a renamed INBOX stay there", e);
    }
  }

  private boolean decide(Draft draft, UidSet uids) throws StoreException {
    List<Message> there = draft.read(uids);
    wanted = Messages.uids(there);
    if (there.isEmpty()) {
      return false;
    }
    claim.add(CassandraMailbox.bodies(there));
    claim.hold();
    Bodies.doubt(boxes.cql, source, CassandraMailbox.bodies(there));
    draft.modSeq();
    draft.box.intent =
        new Intent.Move(
            number, target, wanted, Optional.empty(), there.size(), boxes.settings.millis());
    return true;
  }
}
