package org.posthorn.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.sasl.Authenticator;
import org.posthorn.protocol.sasl.FileAuthenticator;
import org.posthorn.protocol.sasl.LoginAttempt;
import org.posthorn.protocol.sasl.LoginDecision;
import org.posthorn.protocol.sasl.ScramHash;

class Argon2idHashTest {
  private static final Argon2idHash SMALL = new Argon2idHash(64, 1, 1, 128);
  private static final Secret PASSWORD = Secret.of("password");

  /** From the tests of the reference implementation. */
  @Test
  void agreesWithTheReferenceImplementation() {
    Argon2idHash big = new Argon2idHash(65_536, 2, 1, 65_536);
    String hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertTrue(big.matches(PASSWORD, hash));
    assertFalse(big.matches(Secret.of("Password"), hash));
  }

  @Test
  void hashesAreRecognisedAndSaltsDiffer() {
    String hash = SMALL.hash(PASSWORD);
    assertTrue(hash.startsWith("$argon2id$v=19$m=64,t=1,p=1$"));
    assertTrue(SMALL.recognises(hash));
    assertTrue(SMALL.matches(PASSWORD, hash));
    assertFalse(SMALL.matches(Secret.of("passwort"), hash));
    assertNotEquals(hash, SMALL.hash(PASSWORD));
  }

  @Test
  void theDefaultParametersAreTheAdvisedOnes() {
    Argon2idHash standard = new Argon2idHash();
    String hash = standard.hash(PASSWORD);
    assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    assertTrue(standard.matches(PASSWORD, hash));
  }

  /** RFC 8265 section 4.2.2: NFC and one kind of space; width and compatibility stay. */
  @Test
  void passwordsAreOpaqueStrings() {
    assertTrue(SMALL.matches(Secret.of("Å"), SMALL.hash(Secret.of("A\u030A"))));
    assertTrue(SMALL.matches(Secret.of("a b"), SMALL.hash(Secret.of("a\u3000b"))));
    assertFalse(SMALL.matches(Secret.of("fish"), SMALL.hash(Secret.of("\uFB01sh"))));
    assertFalse(SMALL.matches(Secret.of("A"), SMALL.hash(Secret.of("\uFF21"))));
  }

  @Test
  void hashesOfOtherParametersAreUnderstoodWithinTheBudget() {
    String hash = new Argon2idHash(128, 3, 2, 128).hash(PASSWORD);
    assertTrue(SMALL.matches(PASSWORD, hash));
    String tooBig = new Argon2idHash(129, 1, 1, 129).hash(PASSWORD);
    assertThrows(IllegalArgumentException.class, () -> SMALL.matches(PASSWORD, tooBig));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1$c29tc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1,p=1$$"
      })
  void otherTextIsNotRecognised(String text) {
    assertFalse(SMALL.recognises(text));
    assertFalse(SMALL.matches(PASSWORD, text));
  }

  @Test
  void nonsensicalParametersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Argon2idHash(7, 1, 1, 100));
    assertThrows(IllegalArgumentException.class, () -> new Argon2idHash(64, 0, 1, 100));
    assertThrows(IllegalArgumentException.class, () -> new Argon2idHash(64, 1, 1, 63));
  }

  @Test
  void manyAtOnceShareTheBudget() {
    String hash = SMALL.hash(PASSWORD);
    List<CompletableFuture<Boolean>> all =
        IntStream.range(0, 16)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> SMALL.matches(PASSWORD, hash)))
            .toList();
    assertEquals(16, all.stream().filter(CompletableFuture::join).count());
  }

  @Test
  void aCredentialFileHoldsBothForms(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("users");
    new FileAuthenticator(file, List.of(SMALL)).put("alice", Secret.of("secret"));
    Authenticator users = new FileAuthenticator(file, List.of(SMALL));
    assertTrue(users.scram("alice", ScramHash.SHA_256).isPresent());
    assertTrue(
        users.verify(attempt("alice"), Secret.of("secret")) instanceof LoginDecision.Granted);
    assertFalse(
        users.verify(attempt("alice"), Secret.of("wrong")) instanceof LoginDecision.Granted);
    assertFalse(users.verify(attempt("bob"), Secret.of("secret")) instanceof LoginDecision.Granted);
  }

  private static LoginAttempt attempt(String user) {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    return new LoginAttempt(
        new ConnectionInfo("1", "test", here, here, true, false),
        "test",
        true,
        "PLAIN",
        user,
        user);
  }
}
