package org.posthorn.imap.url;

import org.jspecify.annotations.Nullable;
import org.posthorn.imap.Session;
import org.posthorn.imap.State;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.url.ImapUrl;
import org.posthorn.protocol.url.ImapUrlException;
import org.posthorn.store.Account;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/** URLs of messages in the client's own account, as CATENATE takes them (RFC 4469 section 3). */
public final class MessageUrls {
  private MessageUrls() {}

  /**
   * What a relative URL is read against.
   *
   * @param selected null when no mailbox is selected
   */
  public record Base(@Nullable MailboxName selected) {

    /** The selected mailbox, if there is one. */
    public static Base of(Session session) {
      return new Base(session.state() == State.SELECTED ? session.selected().info().name() : null);
    }
  }

  /**
   * Opens what a relative URL names; to be closed by the caller. Called within a store call.
   *
   * @throws ImapUrlException when the URL is wrong, absolute, or names nothing that is there
   */
  public static OutputSource open(Account account, Base base, String text)
      throws ImapUrlException, StoreException {
    ImapUrl url = ImapUrl.parse(text);
    if (url.server() != null || url.auth() != null) {
      throw new ImapUrlException("Only relative URLs without authorization can be used here");
    }
    MailboxName mailbox = url.mailbox() == null ? base.selected() : url.mailbox();
    if (mailbox == null) {
      throw new ImapUrlException("No mailbox is named or selected");
    }
    return UrlContent.open(account, mailbox, url).octets();
  }
}
