package org.posthorn.pop3;

import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/** The one table from failures to replies. */
final class Failures {
  private Failures() {}

  static @Nullable ResponseCode code(StoreException.Code code) {
    return switch (code) {
      case IN_USE -> ResponseCode.IN_USE;
      case EXPUNGED -> null;
      case NONEXISTENT, NO_PERMISSION, CANNOT, CORRUPTION -> ResponseCode.SYS_PERM;
      case ALREADY_EXISTS,
          HAS_CHILDREN,
          USE_ATTRIBUTE,
          OVER_QUOTA,
          TOO_BIG,
          LIMIT,
          READ_ONLY,
          NO_SPACE,
          UNAVAILABLE,
          CANCELLED,
          FAULT ->
          ResponseCode.SYS_TEMP;
    };
  }

  static String text(StoreException.Code code) {
    return switch (code) {
      case IN_USE -> "The maildrop is in use by another session";
      case EXPUNGED -> "The message is gone";
      case NONEXISTENT -> "There is no such maildrop";
      case NO_PERMISSION, CANNOT -> "Not permitted";
      case READ_ONLY, UNAVAILABLE, CANCELLED -> "Not available at the moment, try later";
      default -> "Internal error";
    };
  }

  /** Whether the integrator should hear of it. */
  static boolean isOurs(StoreException.Code code) {
    return switch (code) {
      case NO_SPACE, CORRUPTION, FAULT -> true;
      default -> false;
    };
  }
}
