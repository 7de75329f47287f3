package org.posthorn.store;

/**
 * The flags of RFC 9051 section 2.3.2 that a client may change. {@code \Recent} is not among them:
 * it belongs to a session, see {@link Mailbox#claimRecent()}.
 */
public enum SystemFlag {
  SEEN(1, "\\Seen"),
  ANSWERED(2, "\\Answered"),
  FLAGGED(4, "\\Flagged"),
  DELETED(8, "\\Deleted"),
  DRAFT(16, "\\Draft");

  private final int bit;
  private final String imapName;

  SystemFlag(int bit, String imapName) {
    this.bit = bit;
    this.imapName = imapName;
  }

  /** This flag in {@link Flags#systemBits()}; never changes, so that stores may keep it. */
  public int bit() {
    return bit;
  }

  /** With its backslash. */
  public String imapName() {
    return imapName;
  }
}
