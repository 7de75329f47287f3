package org.posthorn.imap.condstore;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Selected;
import org.posthorn.imap.Session;
import org.posthorn.imap.UidOnly;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.store.UidSet;

/**
 * What a client that comes back says it knows of a mailbox (RFC 7162 section 3.2.5).
 *
 * @param uids messages that it is interested in; null: all
 * @param sampleNumbers sequence numbers whose messages it remembers, ascending
 * @param sampleUids the UIDs that these messages had
 */
public record KnownState(
    long uidValidity, long modSeq, @Nullable UidSet uids, UidSet sampleNumbers, UidSet sampleUids) {

  /**
   * {@code "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP "(" known-sequence-set SP
   * known-uid-set ")"] ")"}.
   */
  static KnownState parse(CommandReader in, Session session) throws SyntaxException {
    in.expect('(');
    long uidValidity = in.expectNzNumber();
    in.expectSpace();
    long modSeq = in.expectNumber64();
    UidSet uids = null;
    UidSet numbers = UidSet.EMPTY;
    UidSet sample = UidSet.EMPTY;
    boolean more = in.acceptSpace();
    if (more && in.peek() != '(') {
      uids = in.expectUidSet();
      more = in.acceptSpace();
    }
    if (more) {
      if (UidOnly.isEnabled(session)) {
        throw in.error("no sequence numbers after ENABLE UIDONLY");
      }
      in.expect('(');
      numbers = in.expectUidSet();
      in.expectSpace();
      sample = in.expectUidSet();
      in.expect(')');
      if (numbers.size() != sample.size()) {
        throw in.error("there must be as many UIDs as sequence numbers");
      }
    }
    in.expect(')');
    return new KnownState(uidValidity, modSeq, uids, numbers, sample);
  }

  /** Those of the messages that the client wants to hear of. */
  public UidSet concerning(UidSet messages) {
    return uids == null ? messages : messages.intersect(uids);
  }

  /** What the client may know and the mailbox does not have, going by what vanished. */
  public UidSet vanished(Selected selected, History history) {
    UidSet all = selected.lastUid() < 1 ? UidSet.EMPTY : UidSet.range(1, selected.lastUid());
    UidSet gone = history.lost() ? all : history.vanished().intersect(all);
    return concerning(gone).minus(selected.view()).clamp(matchedUid(selected) + 1, UidSet.MAX_UID);
  }

  /**
   * The greatest UID of the sample that still has the number that the client remembers: of all up
   * to it the client has seen what vanished. Where one matches, so do all before it.
   */
  private long matchedUid(Selected selected) {
    UidSet view = selected.view();
    long matching = 0;
    long end = sampleNumbers.size();
    while (matching < end) {
      long middle = (matching + end) >>> 1;
      long number = sampleNumbers.nth(middle);
      if (number <= view.size() && view.nth(number - 1) == sampleUids.nth(middle)) {
        matching = middle + 1;
      } else {
        end = middle;
      }
    }
    return matching == 0 ? 0 : sampleUids.nth(matching - 1);
  }
}
