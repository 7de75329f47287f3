package org.posthorn.server;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.url.ImapUrl;
import org.posthorn.protocol.url.ImapUrlException;
import org.posthorn.protocol.url.UrlFetcher;
import org.posthorn.protocol.url.UrlReader;
import org.posthorn.smtp.UrlResolver;
import org.posthorn.store.Identity;
import org.posthorn.store.StoreException;

/**
 * Lets submission fetch by BURL (RFC 4468) what users authorized with GENURLAUTH on the IMAP server
 * beside it, without a connection between the two. Thread-safe.
 */
public final class ImapUrls implements UrlResolver {
  private final UrlFetcher urls;
  private final Set<String> hosts;

  /**
   * @param urls such as {@link org.posthorn.imap.url.StoredUrls} over the IMAP server's store
   * @param hosts names of that server in URLs, in any case
   */
  public ImapUrls(UrlFetcher urls, Set<String> hosts) {
    this.urls = urls;
    this.hosts =
        hosts.stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<String> announced() {
    return hosts.stream().sorted().map(host -> "imap://" + host).toList();
  }

  @Override
  public OutputSource open(Identity user, String url) throws StoreException {
    try {
      ImapUrl.Server server = ImapUrl.parse(url).server();
      if (server == null || !hosts.contains(server.host())) {
        throw new StoreException(StoreException.Code.CANNOT, "The URL's host is not trusted");
      }
    } catch (ImapUrlException e) {
      throw new StoreException(StoreException.Code.CANNOT, String.valueOf(e.getMessage()));
    }
    try {
      return urls.open(url, new UrlReader(user.account(), true));
    } catch (ImapUrlException e) {
      throw new StoreException(
          StoreException.Code.NO_PERMISSION, "The URL cannot be used by this user");
    }
  }
}
