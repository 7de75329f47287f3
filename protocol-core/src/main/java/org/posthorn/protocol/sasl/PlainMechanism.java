package org.posthorn.protocol.sasl;

import org.jspecify.annotations.Nullable;

/** PLAIN, RFC 4616. */
public final class PlainMechanism implements SaslMechanism {
  private static final String NAME = "PLAIN";

  /** Stateless. */
  public PlainMechanism() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean revealsSecret() {
    return true;
  }

  @Override
  public boolean available(SaslContext context) {
    return true;
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    return response ->
        response == null ? new SaslStep.Challenge(new byte[0]) : answer(context, response);
  }

  /** RFC 4616 section 2: [authzid] UTF8NUL authcid UTF8NUL passwd. */
  private static SaslStep answer(SaslContext context, byte[] response) {
    int first = indexOfNul(response, 0);
    int second = first < 0 ? -1 : indexOfNul(response, first + 1);
    if (second < 0 || indexOfNul(response, second + 1) >= 0) {
      return new SaslStep.Malformed("not authzid NUL authcid NUL passwd");
    }
    @Nullable String authzid = SaslText.decode(response, 0, first);
    @Nullable String authcid = SaslText.decode(response, first + 1, second);
    @Nullable String password = SaslText.decode(response, second + 1, response.length);
    if (authzid == null || authcid == null || password == null) {
      return new SaslStep.Malformed("not UTF-8");
    }
    if (authcid.isEmpty() || password.isEmpty()) {
      return new SaslStep.Malformed("empty name or password");
    }
    SaslNames names = SaslNames.prepared(authcid, authzid);
    if (names == null) {
      return SaslNames.refused(context, NAME, authcid);
    }
    return PasswordCheck.decide(
        context, NAME, names.authenticationId(), names.authorizationId(), password);
  }

  private static int indexOfNul(byte[] octets, int from) {
    for (int i = from; i < octets.length; i++) {
      if (octets[i] == 0) {
        return i;
      }
    }
    return -1;
  }
}
