package org.posthorn.protocol.url;

import org.posthorn.protocol.OutputSource;
import org.posthorn.store.StoreException;

/**
 * Opens what an authorized IMAP URL names (RFC 4467): for URLFETCH, and for BURL in submission (RFC
 * 4468). Thread-safe; blocks as a store does.
 */
@FunctionalInterface
public interface UrlFetcher {

  /**
   * The octets, to be closed by the caller.
   *
   * @param url absolute, with its authorization
   * @throws ImapUrlException when the URL is wrong, void, or not for this reader; which of them is
   *     not said
   * @throws StoreException when the store fails
   */
  OutputSource open(String url, UrlReader reader) throws ImapUrlException, StoreException;
}
