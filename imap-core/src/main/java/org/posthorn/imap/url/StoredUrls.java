package org.posthorn.imap.url;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.url.ImapUrl;
import org.posthorn.protocol.url.ImapUrlException;
import org.posthorn.protocol.url.UrlAuth;
import org.posthorn.protocol.url.UrlFetcher;
import org.posthorn.protocol.url.UrlReader;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UrlKeys;

/**
 * Opens what URLs name that a user of this store authorized (RFC 4467 section 6), with that user's
 * access. The host is not looked at: a server has many names. Thread-safe.
 */
public final class StoredUrls implements UrlFetcher {
  /** Stands for the key of a mailbox that is not there, so that this takes as long. */
  private static final byte[] NO_KEY = new byte[UrlKeys.KEY_OCTETS];

  private final MailStore store;
  private final UrlKeys keys;
  private final InstantSource clock;

  /**
   * @param store must have {@link UrlKeys}
   * @param clock says which URLs are void by now
   */
  public StoredUrls(MailStore store, InstantSource clock) {
    this.store = store;
    this.keys = store.facet(UrlKeys.class).orElseThrow();
    this.clock = clock;
  }

  @Override
  public OutputSource open(String url, UrlReader reader) throws ImapUrlException, StoreException {
    return content(url, reader, clock.instant()).octets();
  }

  UrlContent content(String text, UrlReader reader, Instant now)
      throws ImapUrlException, StoreException {
    ImapUrl url = ImapUrl.parse(text);
    UrlAuth auth = url.auth();
    ImapUrl.Server server = url.server();
    MailboxName mailbox = url.mailbox();
    if (auth == null || server == null || mailbox == null) {
      throw new ImapUrlException("Not an authorized URL");
    }
    String owner = server.user();
    String token = auth.token();
    if (owner == null || token == null || !UrlTokens.MECHANISM.equals(auth.mechanism())) {
      throw new ImapUrlException("Not an authorized URL");
    }
    Optional<byte[]> key = keys.find(owner, mailbox);
    boolean genuine = UrlTokens.matches(key.orElse(NO_KEY), url.rump(), token);
    boolean expired = auth.expire() != null && !now.isBefore(auth.expire().toInstant());
    if (!genuine || key.isEmpty() || expired || !auth.access().admits(reader)) {
      throw new ImapUrlException("The authorization does not hold");
    }
    try (Account account = store.open(Identity.owner(owner))) {
      return UrlContent.open(account, mailbox, url);
    } catch (StoreException e) {
      if (e.code() == StoreException.Code.NONEXISTENT) {
        throw new ImapUrlException("No such account");
      }
      throw e;
    }
  }
}
