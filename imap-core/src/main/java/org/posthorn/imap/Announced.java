package org.posthorn.imap;

import org.posthorn.imap.command.Compress;
import org.posthorn.imap.command.StartTls;

/** When an extension that is nothing but a name and commands tells of itself. */
enum Announced {
  ALWAYS,
  BEFORE_LOGIN,
  AFTER_LOGIN,
  WHILE_TLS_CAN_START,
  WHILE_COMPRESSION_CAN_START;

  boolean to(Session session) {
    return switch (this) {
      case ALWAYS -> true;
      case BEFORE_LOGIN -> session.state() == State.NOT_AUTHENTICATED;
      case AFTER_LOGIN -> State.LOGGED_IN.contains(session.state());
      case WHILE_TLS_CAN_START -> StartTls.possible(session);
      case WHILE_COMPRESSION_CAN_START -> Compress.possible(session);
    };
  }
}
