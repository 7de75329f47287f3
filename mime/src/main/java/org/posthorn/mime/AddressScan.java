package org.posthorn.mime;

/**
 * Reads address lists of the usual forms - {@code local@domain}, {@code Some Name <local@domain>},
 * {@code "Name" <local@domain>} - straight into the index, without an object for each. Whatever
 * else stands there is left to {@link AddressParser}, which gives the same for these.
 */
final class AddressScan {

  private static final byte[] CLASSES = new byte[256];
  private static final byte ATOM = 1;
  private static final byte AT = 2;

  private static final byte[] NOTHING = {};

  static {
    for (int octet = 33; octet < 127; octet++) {
      CLASSES[octet] = "()<>[]:;@\\,\"".indexOf(octet) < 0 ? ATOM : 0;
    }
    CLASSES['@'] = AT;
  }

  private final IndexWriter out;
  private byte[] array = NOTHING;
  private int end;
  private int at;
  private int nameFrom;
  private int nameTo;

  AddressScan(IndexWriter out) {
    this.out = out;
  }

  /** Writes the addresses and tells how many they are; -1 if they are not of these forms. */
  int scan(byte[] octets, int from, int to) {
    array = octets;
    at = from;
    end = to;
    int start = out.length();
    int count = 0;
    skipSpace();
    while (at < end) {
      if (!address()) {
        out.truncate(start);
        return -1;
      }
      count++;
      skipSpace();
      if (at < end) {
        if (array[at] != ',') {
          out.truncate(start);
          return -1;
        }
        at++;
        skipSpace();
      }
    }
    return count;
  }

  /** Lets go of what was scanned. */
  void forget() {
    array = NOTHING;
  }

  private void skipSpace() {
    while (at < end) {
      byte octet = array[at];
      if (octet != ' ' && octet != '\r' && octet != '\n' && octet != '\t') {
        return;
      }
      at++;
    }
  }

  private boolean address() {
    int start = at;
    if (array[at] == '"') {
      return quotedName() && angle();
    }
    int atSign = -1;
    int spaceAt = -1;
    // Words with one space between them, an address, or words before an address in brackets.
    while (at < end) {
      byte octet = array[at];
      byte kind = CLASSES[octet & 0xff];
      if (kind == ATOM) {
        at++;
      } else if (kind == AT && atSign < 0 && spaceAt < 0) {
        atSign = at++;
      } else if (octet == ' ' && atSign < 0 && at > start && array[at - 1] != ' ') {
        spaceAt = at++;
      } else {
        break;
      }
    }
    if (atSign >= 0) {
      nameFrom = 0;
      nameTo = 0;
      return atSign > start && at > atSign + 1 && write(start, atSign, at);
    }
    nameFrom = start;
    nameTo = at > start && array[at - 1] == ' ' ? at - 1 : at;
    return angle();
  }

  private boolean quotedName() {
    at++;
    nameFrom = at;
    while (at < end && array[at] != '"') {
      byte octet = array[at];
      // A question mark may belong to an encoded-word, which must not stand here.
      if (octet == '\\' || octet == '\r' || octet == '\n' || octet == 0 || octet == '?') {
        return false;
      }
      at++;
    }
    nameTo = at;
    at++;
    if (at < end && array[at] == ' ') {
      at++;
    }
    return true;
  }

  private boolean angle() {
    if (at >= end || array[at] != '<') {
      return false;
    }
    at++;
    int start = at;
    while (at < end && CLASSES[array[at] & 0xff] == ATOM) {
      at++;
    }
    int atSign = at;
    if (atSign == start || at >= end || array[at] != '@') {
      return false;
    }
    at++;
    while (at < end && CLASSES[array[at] & 0xff] == ATOM) {
      at++;
    }
    int domainEnd = at;
    if (domainEnd == atSign + 1 || at >= end || array[at] != '>') {
      return false;
    }
    at++;
    return write(start, atSign, domainEnd);
  }

  /** As {@link IndexWriter#addresses} does: name, no route, local part, domain. */
  private boolean write(int start, int atSign, int domainEnd) {
    if (nameFrom == nameTo) {
      out.octet(0);
    } else {
      out.string(array, nameFrom, nameTo);
    }
    out.octet(0);
    out.string(array, start, atSign);
    out.string(array, atSign + 1, domainEnd);
    return true;
  }
}
