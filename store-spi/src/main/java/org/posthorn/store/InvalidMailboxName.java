package org.posthorn.store;

/** A text that is no {@link MailboxName}; the message says why, without repeating the text. */
public final class InvalidMailboxName extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidMailboxName(String why) {
    super(why);
  }
}
