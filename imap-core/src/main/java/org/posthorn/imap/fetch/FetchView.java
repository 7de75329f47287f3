package org.posthorn.imap.fetch;

import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.store.UidSet;

/**
 * What a session knows of its messages and a store does not. Immutable.
 *
 * @param messages those that it sees
 * @param recent those that are \Recent to it
 * @param utf8 whether its client reads UTF-8 and knows message/global (RFC 6855, RFC 9051)
 * @param uidOnly whether its client wants to hear of UIDs alone (RFC 9586)
 */
public record FetchView(UidSet messages, UidSet recent, boolean utf8, boolean uidOnly) {
  /** A client that knows messages by their sequence numbers. */
  public static FetchView of(UidSet messages, UidSet recent) {
    return new FetchView(messages, recent, false, false);
  }

  /** Begins a response about a message: {@code * 5 FETCH (} or {@code * 117 UIDFETCH (}. */
  public ResponseEncoder begin(long uid, ResponseEncoder out) {
    out.untagged();
    return uidOnly
        ? out.number(uid).words(" UIDFETCH (")
        : out.number(messages.rank(uid) + 1).words(" FETCH (");
  }
}
