package org.posthorn.protocol.sasl;

import org.posthorn.protocol.stringprep.Precis;

/** How the authenticators of this package find a name: as written, else in any case of letters. */
final class UserNames {
  private UserNames() {}

  /** By UsernameCaseMapped (RFC 8265 section 3.3); a name that it does not allow stays as it is. */
  static String key(String name) {
    String mapped = Precis.usernameCaseMapped(name);
    return mapped == null ? name : mapped;
  }
}
