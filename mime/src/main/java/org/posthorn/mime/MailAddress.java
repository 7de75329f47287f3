package org.posthorn.mime;

import org.jspecify.annotations.Nullable;

/**
 * An address as the IMAP ENVELOPE gives it (RFC 9051 section 7.5.2), or one end of a group: at the
 * start of a group the host is null and the mailbox is the group's name, at its end all four are
 * null.
 *
 * @param name the display name, unquoted, encoded-words left as they are
 * @param route the obsolete source route, {@code @a,@b}
 * @param mailbox the local part, unquoted
 * @param host the domain; empty where the address had none
 */
public record MailAddress(
    @Nullable Octets name,
    @Nullable Octets route,
    @Nullable Octets mailbox,
    @Nullable Octets host) {

  /** The end of a group. */
  public static final MailAddress GROUP_END = new MailAddress(null, null, null, null);

  /** The start of the group of that name. */
  public static MailAddress groupStart(Octets name) {
    return new MailAddress(null, null, name, null);
  }

  /** Whether this opens a group. */
  public boolean isGroupStart() {
    return host == null && mailbox != null;
  }

  /** Whether this closes a group. */
  public boolean isGroupEnd() {
    return host == null && mailbox == null;
  }
}
