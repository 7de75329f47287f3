package org.posthorn.smtp;

import org.posthorn.store.StoreException;

/** The one table from failure codes to replies. */
final class Failures {
  private Failures() {}

  static Verdict verdict(StoreException failure) {
    return switch (failure.code()) {
      case NONEXISTENT -> new Verdict(550, "5.1.1", "No such mailbox");
      case NO_PERMISSION -> new Verdict(550, "5.7.1", "Not permitted");
      case OVER_QUOTA -> new Verdict(452, "4.2.2", "Mailbox full");
      case TOO_BIG -> new Verdict(552, "5.3.4", "Message too big");
      case LIMIT -> new Verdict(452, "4.5.3", "Limit reached");
      case NO_SPACE -> new Verdict(452, "4.3.1", "Insufficient storage");
      case IN_USE -> new Verdict(450, "4.2.0", "Mailbox busy");
      case READ_ONLY, UNAVAILABLE, CANCELLED ->
          new Verdict(451, "4.3.2", "Temporarily unavailable");
      case ALREADY_EXISTS, CANNOT, HAS_CHILDREN, USE_ATTRIBUTE, EXPUNGED, CORRUPTION, FAULT ->
          new Verdict(451, "4.3.0", "Internal error");
    };
  }

  /** Whether it is our fault and belongs into the log. */
  static boolean isFault(StoreException failure) {
    return switch (failure.code()) {
      case FAULT, CORRUPTION, ALREADY_EXISTS, CANNOT, HAS_CHILDREN, USE_ATTRIBUTE, EXPUNGED -> true;
      default -> false;
    };
  }
}
