package org.posthorn.imap;

import org.posthorn.store.StoreException;

/** The one table from the failure vocabulary to response codes (RFC 5530 section 3). */
final class Failures {
  private Failures() {}

  static ResponseCode code(StoreException.Code code) {
    return switch (code) {
      case NONEXISTENT -> ResponseCode.NONEXISTENT;
      case ALREADY_EXISTS -> ResponseCode.ALREADYEXISTS;
      case NO_PERMISSION -> ResponseCode.NOPERM;
      case CANNOT -> ResponseCode.CANNOT;
      case HAS_CHILDREN -> ResponseCode.HASCHILDREN;
      case USE_ATTRIBUTE -> ResponseCode.USEATTR;
      case OVER_QUOTA -> ResponseCode.OVERQUOTA;
      case TOO_BIG -> ResponseCode.TOOBIG;
      case LIMIT -> ResponseCode.LIMIT;
      case EXPUNGED -> ResponseCode.EXPUNGEISSUED;
      case IN_USE -> ResponseCode.INUSE;
      case READ_ONLY, NO_SPACE, UNAVAILABLE, CANCELLED -> ResponseCode.UNAVAILABLE;
      case CORRUPTION -> ResponseCode.CORRUPTION;
      case FAULT -> ResponseCode.SERVERBUG;
    };
  }

  /** Whether the integrator has to look at it. */
  static boolean isOurs(StoreException.Code code) {
    return switch (code) {
      case NO_SPACE, CORRUPTION, FAULT -> true;
      default -> false;
    };
  }

  /** What the client is told; of our own faults nothing that may hold a secret. */
  static String text(StoreException why) {
    if (isOurs(why.code())) {
      return why.code() == StoreException.Code.NO_SPACE
          ? "The server has no space left"
          : "Internal error, see the server's log";
    }
    String message = why.getMessage();
    return message == null || message.isEmpty() ? "Not possible" : message;
  }
}
