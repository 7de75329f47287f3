package org.posthorn.security.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.sasl.LoginAttempt;
import org.posthorn.protocol.sasl.TokenVerifier;
import org.posthorn.store.StoreException;

/**
 * Verifies access tokens that are signed JSON Web Tokens (RFC 7519, RFC 9068): signature, issuer,
 * audience, times, scopes. Keys come from a {@link JwkSources}. Thread-safe.
 */
public final class JwtTokenVerifier implements TokenVerifier {
  private final DefaultJWTProcessor<SecurityContext> processor;
  private final String userClaim;
  private final Set<String> scopes;
  private final Map<String, String> hints;

  private JwtTokenVerifier(Builder builder) {
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            builder.audience,
            new JWTClaimsSet.Builder().issuer(builder.issuer).build(),
            new LinkedHashSet<>(List.of("exp", builder.userClaim)));
    claims.setMaxClockSkew(Math.toIntExact(builder.clockSkew.toSeconds()));
    processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(builder.algorithms, builder.keys));
    processor.setJWTClaimsSetVerifier(claims);
    // RFC 9068 says at+jwt; many issuers say JWT, or nothing.
    processor.setJWSTypeVerifier(JwkSources.ACCESS_TOKEN_TYPES);
    userClaim = builder.userClaim;
    scopes = Set.copyOf(builder.scopes);
    Map<String, String> told = new HashMap<>();
    if (!scopes.isEmpty()) {
      told.put("scope", String.join(" ", builder.scopes));
    }
    if (builder.configuration != null) {
      told.put("openid-configuration", builder.configuration);
    }
    hints = Map.copyOf(told);
  }

  /**
   * Tokens of this issuer for this audience, signed by one of these keys.
   *
   * @param issuer what {@code iss} must be
   * @param audience what {@code aud} must contain
   * @param keys as {@link JwkSources} makes them
   */
  public static Builder of(String issuer, String audience, JWKSource<SecurityContext> keys) {
    return new Builder(issuer, audience, keys);
  }

  @Override
  public Decision verify(LoginAttempt attempt, Secret token) throws StoreException {
    if (token.length() == 0) {
      return invalid("invalid_request", "no token");
    }
    try {
      JWTClaimsSet claims = processor.process(token.revealText(), null);
      String user = claims.getStringClaim(userClaim);
      if (user == null || user.isEmpty()) {
        return invalid("invalid_token", "no " + userClaim);
      }
      return granted(claims).containsAll(scopes)
          ? new Decision.Valid(user)
          : invalid("insufficient_scope", "insufficient scope of " + user);
    } catch (KeySourceException e) {
      throw new StoreException(
          StoreException.Code.UNAVAILABLE, "the keys of the issuer cannot be had", e);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return invalid("invalid_token", String.valueOf(e.getMessage()));
    }
  }

  private Decision invalid(String status, String detail) {
    return new Decision.Invalid(status, detail, hints);
  }

  /** RFC 8693 section 4.2: {@code scope} is one string; some issuers have a list, or scp. */
  private static Set<String> granted(JWTClaimsSet claims) throws ParseException {
    Set<String> granted = new LinkedHashSet<>();
    for (String name : List.of("scope", "scp")) {
      Object claim = claims.getClaim(name);
      if (claim instanceof String words) {
        granted.addAll(Arrays.asList(words.split(" ", -1)));
      } else if (claim != null) {
        granted.addAll(claims.getStringListClaim(name));
      }
    }
    return granted;
  }

  /** Collects what a token must be. */
  public static final class Builder {
    private final String issuer;
    private final String audience;
    private final JWKSource<SecurityContext> keys;
    private String userClaim = "sub";
    private Set<String> scopes = Set.of();
    private Set<JWSAlgorithm> algorithms =
        Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);
    private Duration clockSkew = Duration.ofSeconds(60);
    private @Nullable String configuration;

    private Builder(String issuer, String audience, JWKSource<SecurityContext> keys) {
      this.issuer = Objects.requireNonNull(issuer);
      this.audience = Objects.requireNonNull(audience);
      this.keys = Objects.requireNonNull(keys);
    }

    /** The claim that has the user's name: {@code sub} unless set, often {@code email}. */
    public Builder user(String claim) {
      userClaim = claim;
      return this;
    }

    /** Scopes that a token must have, all of them; clients are told. */
    public Builder scopes(String... names) {
      scopes = new LinkedHashSet<>(Arrays.asList(names));
      return this;
    }

    /** Signatures that are taken; RSA and elliptic curves unless set, never {@code none}. */
    public Builder algorithms(JWSAlgorithm... allowed) {
      algorithms = Set.of(allowed);
      return this;
    }

    /** How far the issuer's clock may be off; a minute unless set. */
    public Builder clockSkew(Duration skew) {
      clockSkew = skew;
      return this;
    }

    /** Address of the issuer's OpenID configuration, told to clients without a good token. */
    public Builder openIdConfiguration(String url) {
      configuration = url;
      return this;
    }

    public JwtTokenVerifier build() {
      return new JwtTokenVerifier(this);
    }
  }
}
