package org.posthorn.security.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.sasl.LoginAttempt;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.protocol.sasl.TokenMechanism;
import org.posthorn.protocol.sasl.TokenVerifier;
import org.posthorn.protocol.sasl.TokenVerifier.Decision;
import org.posthorn.store.StoreException;
import org.posthorn.testkit.Guide;

/** Tokens of an issuer on the loopback; the code of README.md. */
class JwtTokenVerifierTest {
  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  private static final LoginAttempt ATTEMPT =
      new LoginAttempt(
          new ConnectionInfo("1", "t", HERE, HERE, true, true),
          "imap",
          true,
          "OAUTHBEARER",
          "",
          "");

  private final AtomicInteger asked = new AtomicInteger();
  private ECKey key;
  private HttpServer issuer;
  private URI jwks;

  @BeforeEach
  void issuer() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    byte[] set = new JWKSet(key.toPublicJWK()).toString().getBytes(UTF_8);
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/jwks",
        exchange -> {
          asked.incrementAndGet();
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, set.length);
          exchange.getResponseBody().write(set);
          exchange.close();
        });
    issuer.start();
    jwks = URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/jwks");
  }

  @AfterEach
  void stop() {
    issuer.stop(0);
  }

  private TokenVerifier verifier() {
    TokenVerifier tokens =
        JwtTokenVerifier.of("https://id.example", "mail", JwkSources.at(jwks))
            .user("email")
            .scopes("imap", "smtp")
            .openIdConfiguration("https://id.example/.well-known/openid-configuration")
            .build();
    SaslPolicy policy =
        SaslPolicy.STANDARD.with(
            TokenMechanism.oauthBearer(tokens), TokenMechanism.xoauth2(tokens));
    assertTrue(policy.underTls().stream().anyMatch(m -> m.name().equals("XOAUTH2")));
    return tokens;
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("https://id.example")
        .audience("mail")
        .subject("4711")
        .claim("email", "alice@example.org")
        .claim("scope", "smtp imap more")
        .expirationTime(Date.from(Instant.now().plusSeconds(600)));
  }

  private String signed(JWTClaimsSet claims, ECKey by) throws JOSEException {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(), claims);
    token.sign(new ECDSASigner(by));
    return token.serialize();
  }

  private static Decision decide(TokenVerifier verifier, String token) throws StoreException {
    return verifier.verify(ATTEMPT, Secret.of(token));
  }

  private static String status(Decision decision) {
    return assertInstanceOf(Decision.Invalid.class, decision).status();
  }

  @Test
  void aGoodTokenNamesItsUser() throws Exception {
    TokenVerifier verifier = verifier();
    String token = signed(claims().build(), key);
    assertEquals(new Decision.Valid("alice@example.org"), decide(verifier, token));
    assertEquals(new Decision.Valid("alice@example.org"), decide(verifier, token));
    assertEquals(1, asked.get());
  }

  @Test
  void whatIsWrongIsRefused() throws Exception {
    TokenVerifier verifier = verifier();
    Date past = Date.from(Instant.now().minusSeconds(120));
    Date future = Date.from(Instant.now().plusSeconds(300));
    for (JWTClaimsSet wrong :
        new JWTClaimsSet[] {
          claims().issuer("https://evil.example").build(),
          claims().audience("web").build(),
          claims().audience((String) null).build(),
          claims().expirationTime(past).build(),
          claims().expirationTime(null).build(),
          claims().notBeforeTime(future).build(),
          claims().claim("email", null).build(),
          claims().claim("email", "").build(),
          claims().claim("email", 7).build()
        }) {
      assertEquals("invalid_token", status(decide(verifier, signed(wrong, key))));
    }
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    assertEquals("invalid_token", status(decide(verifier, signed(claims().build(), other))));
    assertEquals(
        "invalid_token", status(decide(verifier, new PlainJWT(claims().build()).serialize())));
    assertEquals("invalid_token", status(decide(verifier, "garbage")));
    assertEquals("invalid_request", status(decide(verifier, "")));
  }

  /** The public key must not serve as a secret for HMAC. */
  @Test
  void theAlgorithmIsNotTheTokensChoice() throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), claims().build());
    token.sign(new MACSigner(key.toPublicJWK().toJSONString().getBytes(UTF_8)));
    assertEquals("invalid_token", status(decide(verifier(), token.serialize())));
  }

  @Test
  void scopesAreNeededAndTold() throws Exception {
    Decision decision = decide(verifier(), signed(claims().claim("scope", "imap").build(), key));
    assertEquals("insufficient_scope", status(decision));
    Decision.Invalid invalid = (Decision.Invalid) decision;
    assertEquals("imap smtp", invalid.hints().get("scope"));
    assertEquals(
        "https://id.example/.well-known/openid-configuration",
        invalid.hints().get("openid-configuration"));
  }

  @Test
  void anIssuerThatIsAwayIsNoRefusal() throws Exception {
    TokenVerifier verifier = verifier();
    issuer.stop(0);
    String token = signed(claims().build(), key);
    StoreException e = assertThrows(StoreException.class, () -> decide(verifier, token));
    assertEquals(StoreException.Code.UNAVAILABLE, e.code());
  }

  @Test
  void keysMayBeGiven() throws Exception {
    String set = new JWKSet(key.toPublicJWK()).toString();
    TokenVerifier verifier =
        JwtTokenVerifier.of("https://id.example", "mail", JwkSources.of(set)).build();
    assertEquals(new Decision.Valid("4711"), decide(verifier, signed(claims().build(), key)));
    assertThrows(IllegalArgumentException.class, () -> JwkSources.of("{}x"));
  }

  @Test
  void theGuideHasThisCode() throws IOException {
    Guide.check(
        Path.of("README.md"),
        Path.of("src/test/java/org/posthorn/security/jwt/JwtTokenVerifierTest.java"));
  }
}
