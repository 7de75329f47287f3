package org.posthorn.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.posthorn.protocol.Secret;

class ScramClientTest {
  private static ScramClient client(String user, String password) {
    return new ScramClient("SHA-256", user, Secret.of(password), "abc");
  }

  /** RFC 5802 section 5.1: names and passwords go through SASLprep (examples of RFC 4013). */
  @Test
  void namesAndPasswordsArePrepared() throws Exception {
    assertEquals("n,,n=IX,r=abc", client("\u2168", "x").first());
    assertEquals("n,,n=IX,r=abc", client("I\u00ADX", "x").first());
    assertEquals("n,,n=a=3Db=2C,r=abc", client("a=b,", "x").first());
    String challenge = "r=abcdef,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    assertEquals(client("u", "IX").answer(challenge), client("u", "\u2168").answer(challenge));
    assertEquals(client("u", "a b").answer(challenge), client("u", "a\u00A0b").answer(challenge));
  }
}
