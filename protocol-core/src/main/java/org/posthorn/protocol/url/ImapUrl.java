package org.posthorn.protocol.url;

import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxName;

/**
 * An IMAP URL (RFC 5092), absolute or relative. Immutable.
 *
 * @param text as it was written
 * @param server null in a relative URL
 * @param mailbox null where it names none, as in {@code ;UID=20} beside a selected mailbox
 * @param uidValidity 1 to 2^32-1; 0 where it is not said
 * @param uid 1 to 2^32-1; 0 where no message is named
 * @param section a section of the message (RFC 9051: section-spec), decoded; null for all of it
 * @param partial which octets of that; null for all
 * @param search the criteria of a URL that names a list of messages, decoded
 * @param auth null in a URL without authorization
 */
public record ImapUrl(
    String text,
    @Nullable Server server,
    @Nullable MailboxName mailbox,
    long uidValidity,
    long uid,
    @Nullable String section,
    @Nullable Partial partial,
    @Nullable String search,
    @Nullable UrlAuth auth) {

  /** Characters that a URL may have. */
  public static final int MAX_LENGTH = 8192;

  /**
   * Where.
   *
   * @param user decoded; null when not said
   * @param mechanism what {@code ;AUTH=} asks for, {@code *} for any; null when not said
   * @param host in lower case
   * @param port 0 when not said
   */
  public record Server(@Nullable String user, @Nullable String mechanism, String host, int port) {}

  /**
   * Some octets.
   *
   * @param offset of the first, from 0
   * @param length how many, 1 or more; {@link Long#MAX_VALUE} for all that follow
   */
  public record Partial(long offset, long length) {}

  /**
   * Reads a URL.
   *
   * @throws ImapUrlException where the syntax is broken
   */
  public static ImapUrl parse(String text) throws ImapUrlException {
    return new ImapUrlParser(text).parse();
  }

  /** The text up to and with the access identifier: what a token signs (RFC 4467 section 6). */
  public String rump() {
    if (auth == null) {
      throw new IllegalStateException("no authorization");
    }
    if (auth.token() == null) {
      return text;
    }
    int token = text.lastIndexOf(':');
    return text.substring(0, text.lastIndexOf(':', token - 1));
  }

  /** The path of a message in a mailbox, as a URL relative to the server. */
  public static String path(MailboxName mailbox, long uidValidity, long uid) {
    return "/" + Percent.encode(mailbox.path()) + ";UIDVALIDITY=" + uidValidity + "/;UID=" + uid;
  }
}
