package org.posthorn.imap;

/** One command with its arguments, a record. */
@FunctionalInterface
public interface Request {
  /**
   * Does it, in as many calls as it takes, and ends with exactly one {@link Session#finish} or one
   * of its short forms.
   */
  void execute(Session session);
}
