package org.posthorn.security.jwt;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;

/** Where the keys of an issuer come from (JSON Web Key sets, RFC 7517). */
public final class JwkSources {
  static final DefaultJOSEObjectTypeVerifier<SecurityContext> ACCESS_TOKEN_TYPES =
      new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null);

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MAX_OCTETS = 256 * 1024;

  private JwkSources() {}

  /**
   * Fetched from the issuer when a token comes, kept for five minutes, fetched again for a key that
   * is not known (not more often than every 30 seconds). An outage of the issuer is bridged for an
   * hour. At most 5 s and 256 KiB.
   *
   * @throws IllegalArgumentException when it is no URL
   */
  public static JWKSource<SecurityContext> at(URI jwks) {
    try {
      int millis = Math.toIntExact(PATIENCE.toMillis());
      return JWKSourceBuilder.<SecurityContext>create(
              jwks.toURL(), new DefaultResourceRetriever(millis, millis, MAX_OCTETS))
          .outageTolerant(Duration.ofHours(1).toMillis())
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not a URL: " + jwks, e);
    }
  }

  /**
   * A set that does not change.
   *
   * @throws IllegalArgumentException when it is no JSON Web Key set
   */
  public static JWKSource<SecurityContext> of(String json) {
    try {
      return new ImmutableJWKSet<>(JWKSet.parse(json));
    } catch (ParseException e) {
      throw new IllegalArgumentException("not a JSON Web Key set", e);
    }
  }
}
