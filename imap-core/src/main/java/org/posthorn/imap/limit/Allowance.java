package org.posthorn.imap.limit;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.Session;
import org.posthorn.imap.Status;
import org.posthorn.store.UidSet;

/**
 * What one command may work on of the messages that it named: those with the highest UIDs (RFC 9738
 * section 3.1). Immutable.
 *
 * @param uids those it may work on
 * @param code tells that there were more; null when there were not
 */
public record Allowance(UidSet uids, @Nullable ResponseCode code) {

  /** Of a command that is done as far as the limit allows. */
  public static Allowance of(Session session, UidSet named) {
    return of(named, MessageLimit.of(session));
  }

  /** Whether there is a limit at all. */
  public static boolean isLimited(Session session) {
    return MessageLimit.of(session) != Long.MAX_VALUE;
  }

  /** Of a command that is done only if the limit allows all of it. */
  public static Allowance ofSaving(Session session, UidSet named) {
    return of(named, MessageLimit.ofSaving(session));
  }

  private static Allowance of(UidSet named, long limit) {
    if (named.size() <= limit) {
      return new Allowance(named, null);
    }
    UidSet latest = named.slice(named.size() - limit, named.size());
    long lowest = latest.first();
    return new Allowance(
        latest, out -> out.words("MESSAGELIMIT ").number(limit).sp().number(lowest));
  }

  /** The code where nothing was done, so that no UID is the last. */
  public static @Nullable ResponseCode refusal(Session session, long messages) {
    return refusal(messages, MessageLimit.of(session));
  }

  /** The code for so many new messages; null where they may come. */
  public static @Nullable ResponseCode refusalToSave(Session session, long messages) {
    return refusal(messages, MessageLimit.ofSaving(session));
  }

  private static @Nullable ResponseCode refusal(long messages, long limit) {
    return messages <= limit ? null : ResponseCode.number("MESSAGELIMIT", limit);
  }

  /** Whether there were more messages than allowed. */
  public boolean isPart() {
    return code != null;
  }

  /** Ends the command with OK; what else has to be said comes in the tagged response. */
  public void finish(Session session, Status status, @Nullable ResponseCode other, String text) {
    ResponseCode limit = code;
    if (limit == null || other == null) {
      session.finish(status, other == null ? limit : other, text);
    } else {
      session.untagged(Status.NO, limit, "The rest of the messages was left alone");
      session.finish(status, other, text);
    }
  }
}
