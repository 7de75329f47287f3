package org.posthorn.protocol.url;

import org.jspecify.annotations.Nullable;

/**
 * Who wants to see what a URL names.
 *
 * @param account the user on whose behalf; null for anonymous
 * @param submission whether a submission server asks (RFC 4468)
 */
public record UrlReader(@Nullable String account, boolean submission) {

  boolean is(@Nullable String user) {
    return user != null && user.equals(account);
  }
}
