package org.posthorn.imap.acl;

import org.posthorn.imap.Refused;
import org.posthorn.imap.ResponseCode;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.store.Rights;

/** RFC 4314 section 7: identifier and rights, as arguments. */
final class Identifiers {
  private Identifiers() {}

  /** A space and an identifier. */
  static String identifier(CommandReader in) throws SyntaxException, Refused {
    in.expectSpace();
    String identifier = in.expectAstring().asUtf8();
    if (identifier.isEmpty() || identifier.equals("-") || identifier.indexOf('\ufffd') >= 0) {
      throw new Refused(ResponseCode.CANNOT, "The identifier names nobody");
    }
    return identifier;
  }

  /** Letters of rights; one that is none is BAD (RFC 4314 section 3.1). */
  static Rights rights(CommandReader in, String letters) throws SyntaxException {
    try {
      return Rights.parse(letters);
    } catch (IllegalArgumentException e) {
      throw in.error("unknown right");
    }
  }
}
