package org.posthorn.protocol.sasl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client of XOAUTH2 says. */
final class XOAuth2Message {
  private static final Pattern MESSAGE =
      Pattern.compile("user=([^\\x00-\\x1F]+)\\x01auth=([^\\x00-\\x1F]+)\\x01\\x01");

  private XOAuth2Message() {}

  /** Null when it breaks the grammar. */
  static TokenExchange.@Nullable Bearer parse(String message) {
    Matcher matcher = MESSAGE.matcher(message);
    @Nullable String token = matcher.matches() ? TokenExchange.token(matcher.group(2)) : null;
    return token == null ? null : new TokenExchange.Bearer(matcher.group(1), token);
  }
}
