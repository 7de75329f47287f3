package org.posthorn.protocol.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.protocol.Secret;

class CredentialTest {
  /** A hash that is none. */
  static final PasswordHash REVERSED =
      new PasswordHash() {
        @Override
        public String hash(Secret password) {
          return "$reversed$" + new StringBuilder(password.revealText()).reverse();
        }

        @Override
        public boolean recognises(String hash) {
          return hash.startsWith("$reversed$");
        }

        @Override
        public boolean matches(Secret password, String hash) {
          return hash(password).equals(hash);
        }
      };

  private static final Secret PENCIL = Secret.of("pencil");

  /** The dialogue of RFC 7677 section 3. */
  @Test
  void keysAreThoseOfRfc7677() {
    byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    ScramKeys keys = ScramKeys.of(ScramHash.SHA_256, PENCIL, salt, 4096);
    String nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    String message =
        "n=user,r=rOprNGfwEbeRWgbNEkqO,r="
            + nonce
            + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r="
            + nonce;
    byte[] proof = Base64.getDecoder().decode("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    byte[] signature =
        ScramCrypto.hmac(ScramHash.SHA_256, keys.storedKey().reveal(), message.getBytes(UTF_8));
    byte[] clientKey = ScramCrypto.xor(proof, signature);
    assertArrayEquals(keys.storedKey().reveal(), ScramCrypto.digest(ScramHash.SHA_256, clientKey));
    byte[] server =
        ScramCrypto.hmac(ScramHash.SHA_256, keys.serverKey().reveal(), message.getBytes(UTF_8));
    assertEquals(
        "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", Base64.getEncoder().encodeToString(server));
  }

  /** RFC 5802 section 5. */
  @Test
  void keysAreThoseOfRfc5802() {
    byte[] salt = Base64.getDecoder().decode("QSXCR+Q6sek8bf92");
    ScramKeys keys = ScramKeys.of(ScramHash.SHA_1, PENCIL, salt, 4096);
    String nonce = "fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j";
    String message =
        "n=user,r=fyko+d2lbbFgONRv9qkxdawL,r="
            + nonce
            + ",s=QSXCR+Q6sek8bf92,i=4096,c=biws,r="
            + nonce;
    byte[] server =
        ScramCrypto.hmac(ScramHash.SHA_1, keys.serverKey().reveal(), message.getBytes(UTF_8));
    assertEquals("rmF9pqV8S7suAoZWja4dJRkFsKQ=", Base64.getEncoder().encodeToString(server));
  }

  @Test
  void textIsReadBack() {
    Credential credential = Credential.of(PENCIL, 4096, REVERSED);
    Credential again = Credential.parse(credential.text().revealText());
    assertEquals(credential.text(), again.text());
    assertTrue(again.matches(PENCIL, List.of(REVERSED)));
    assertTrue(again.scram(ScramHash.SHA_256).orElseThrow().matches(PENCIL));
    assertFalse(again.scram(ScramHash.SHA_512).isPresent());
  }

  @Test
  void theHashDecidesWhereThereIsOne() {
    Credential credential = Credential.of(PENCIL, 4096, REVERSED);
    assertFalse(credential.matches(Secret.of("licnep"), List.of(REVERSED)));
    assertFalse(credential.matches(PENCIL, List.of()));
    assertTrue(Credential.of(PENCIL, 4096).matches(PENCIL, List.of()));
    assertFalse(Credential.of(PENCIL, 4096).matches(Secret.of("Pencil"), List.of()));
  }

  @Test
  void passwordsAreNormalised() {
    Credential credential = Credential.of(Secret.of("I\u00ADX \u2168"), 4096);
    assertTrue(credential.matches(Secret.of("IX\u00A0IX"), List.of()));
  }

  @Test
  void saltsDiffer() {
    assertFalse(Credential.of(PENCIL, 4096).text().equals(Credential.of(PENCIL, 4096).text()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pencil",
        "$a $b",
        "SCRAM-SHA-256$4096:AAAA$AAAA:AAAA",
        "SCRAM-MD5$1:a$b:c",
        "SCRAM-SHA-256$1:QUFBQQ==$QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=:QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
      })
  void nonsenseIsRefusedWithoutBeingShown(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Credential.parse(text));
    assertFalse(String.valueOf(e.getMessage()).contains("4096"));
  }

  @Test
  void nothingSecretIsPrinted() {
    Credential credential = Credential.of(PENCIL, 4096, REVERSED);
    String shown = credential + " " + credential.text();
    assertFalse(shown.contains("$"), shown);
  }
}
