package org.posthorn.imap;

import java.util.EnumSet;
import java.util.Set;

/** RFC 9051 section 3. */
public enum State {
  NOT_AUTHENTICATED,
  AUTHENTICATED,
  SELECTED,
  LOGOUT;

  /** Commands valid in any state. */
  public static final Set<State> ANY = Set.of(NOT_AUTHENTICATED, AUTHENTICATED, SELECTED);

  /** Commands that need a login. */
  public static final Set<State> LOGGED_IN = Set.of(AUTHENTICATED, SELECTED);

  /** Commands that come before login. */
  public static final Set<State> BEFORE_LOGIN = Set.of(NOT_AUTHENTICATED);

  /** Commands that work on the selected mailbox. */
  public static final Set<State> IN_MAILBOX = Set.copyOf(EnumSet.of(SELECTED));
}
