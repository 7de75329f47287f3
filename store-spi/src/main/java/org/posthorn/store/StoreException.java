package org.posthorn.store;

import org.jspecify.annotations.Nullable;

/**
 * Why something was not done: the one failure vocabulary of all layers. Each protocol has one table
 * from code to reply.
 */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The kinds of failure; each says in RFC 5530 terms how it is answered over IMAP. */
  public enum Code {
    /** No such mailbox or account. */
    NONEXISTENT,
    ALREADY_EXISTS,
    NO_PERMISSION,
    /** Impossible for this name or object by its nature. */
    CANNOT,
    HAS_CHILDREN,
    USE_ATTRIBUTE,
    OVER_QUOTA,
    /** One message is larger than allowed. */
    TOO_BIG,
    /** A limit of the server other than size or quota. */
    LIMIT,
    /** The message is gone. */
    EXPUNGED,
    /** Somebody holds it exclusively. */
    IN_USE,
    /**
     * Nothing can be changed now, whoever asks: the mailbox was opened for reading, or the disk or
     * the database only lets itself be read. No judgement on the user, so senders try again.
     */
    READ_ONLY,
    /** The disk is full: a fault of ours, not of the user's quota. */
    NO_SPACE,
    /** For now: overloaded, timed out, a back end is away. */
    UNAVAILABLE,
    /** The caller asked to stop. */
    CANCELLED,
    /** Stored data is damaged. */
    CORRUPTION,
    /** Our mistake. */
    FAULT;

    /** Whether only changes are refused, so that mail can still be read. */
    public boolean refusesOnlyChanges() {
      return this == READ_ONLY || this == NO_SPACE;
    }
  }

  private final Code code;

  /**
   * A failure without a cause of its own.
   *
   * @param message for the log and, where the code is not a fault of ours, for the client: one
   *     line, no secret
   */
  public StoreException(Code code, String message) {
    this(code, message, null);
  }

  public StoreException(Code code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }

  /** Any other throwable is a fault of ours. */
  public static StoreException of(Throwable thrown) {
    return thrown instanceof StoreException known
        ? known
        : new StoreException(Code.FAULT, "internal error", thrown);
  }
}
