package org.posthorn.store;

/**
 * Identity of a mailbox that survives RENAME and is never used again (RFC 8474 section 4): 1 to 255
 * of A-Z a-z 0-9 _ -.
 */
public record MailboxId(String value) {
  public MailboxId {
    if (!isObjectId(value)) {
      throw new IllegalArgumentException("not an objectid");
    }
  }

  private static boolean isObjectId(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-';
      if (!allowed) {
        return false;
      }
    }
    return !value.isEmpty() && value.length() <= 255;
  }

  @Override
  public String toString() {
    return value;
  }
}
