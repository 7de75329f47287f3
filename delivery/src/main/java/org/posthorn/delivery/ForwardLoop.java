package org.posthorn.delivery;

import org.posthorn.smtp.Address;
import org.posthorn.smtp.HopLimit;
import org.posthorn.smtp.Verdict;

/**
 * Finds mail that comes back: whatever is forwarded from an address says so in Delivered-To, and is
 * not forwarded from there again; and no message passes more servers than it may (RFC 5321 section
 * 6.3).
 */
final class ForwardLoop {
  private static final String FIELD = "Delivered-To";

  private ForwardLoop() {}

  static Verdict verdict() {
    return new Verdict(554, "5.4.6", "Mail forwarding loop");
  }

  static boolean passed(MessageHeader header, Address address) {
    for (String passed : header.all(FIELD)) {
      if (passed.equalsIgnoreCase(address.toString())) {
        return true;
      }
    }
    return false;
  }

  static String field(Address address) {
    return FIELD + ": " + address + "\r\n";
  }

  static boolean exceeded(MessageHeader header, int hops) {
    return HopLimit.exceeded(header.count("Received"), hops);
  }
}
