package org.posthorn.store;

import java.util.regex.Pattern;

/**
 * Identity of a mailbox that survives RENAME and is never used again (RFC 8474 section 4): 1 to 255
 * of A-Z a-z 0-9 _ -.
 */
public record MailboxId(String value) {
  private static final Pattern OBJECT_ID = Pattern.compile("[A-Za-z0-9_-]{1,255}");

  public MailboxId {
    if (!OBJECT_ID.matcher(value).matches()) {
      throw new IllegalArgumentException("not an objectid");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
