package org.posthorn.smtp;

import java.util.List;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.url.ImapUrlException;
import org.posthorn.protocol.url.UrlFetcher;
import org.posthorn.protocol.url.UrlReader;
import org.posthorn.store.Identity;
import org.posthorn.store.StoreException;

/**
 * Finds what the URL of a BURL command names (RFC 4468). Thread-safe; runs on the blocking lane.
 */
public interface UrlResolver {
  /** What BURL is announced with once a user is known: {@code imap}, {@code imap://host}. */
  List<String> announced();

  /**
   * Opens what a URL names; the reader closes it.
   *
   * @param user who submits; where the URL is for {@code submit+} somebody, that one alone
   * @throws StoreException NONEXISTENT or EXPUNGED where there is no such thing, NO_PERMISSION
   *     where it is not for this user, CANNOT where its host is not trusted or it is no such URL,
   *     UNAVAILABLE where it cannot be asked for now
   */
  OutputSource open(Identity user, String url) throws StoreException;

  /**
   * IMAP URLs that somebody authorized for the user who submits (RFC 4467), such as those of our
   * own store.
   */
  static UrlResolver authorized(UrlFetcher fetcher) {
    return new UrlResolver() {
      @Override
      public List<String> announced() {
        return List.of("imap");
      }

      @Override
      public OutputSource open(Identity user, String url) throws StoreException {
        try {
          return fetcher.open(url, new UrlReader(user.account(), true));
        } catch (ImapUrlException e) {
          throw new StoreException(StoreException.Code.NO_PERMISSION, "URL not for this user", e);
        }
      }
    };
  }
}
