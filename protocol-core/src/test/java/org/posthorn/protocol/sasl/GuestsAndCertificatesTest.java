package org.posthorn.protocol.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;

/** ANONYMOUS (RFC 4505); EXTERNAL without a certificate. With one: see the tests over real TLS. */
class GuestsAndCertificatesTest {
  private static final Authenticator NOBODY = new MemoryAuthenticator();

  private static Talk guest() {
    return new Talk(new AnonymousMechanism("guests"), NOBODY);
  }

  @Test
  void guestsShareAnAccount() {
    SaslTurn.LoggedIn in = assertInstanceOf(SaslTurn.LoggedIn.class, guest().begin("sirhc"));
    assertEquals("guests", in.identity().account());
    assertEquals("anonymous sirhc", in.identity().authenticatedAs());
    Talk talk = guest();
    assertEquals("", Talk.text(talk.begin()));
    assertEquals("guests", Talk.account(talk.answer("")));
  }

  @Test
  void tracesAreShortAndPrintable() {
    assertInstanceOf(SaslTurn.LoggedIn.class, guest().begin("ü".repeat(255)));
    assertInstanceOf(SaslTurn.Malformed.class, guest().begin("ü".repeat(256)));
    assertInstanceOf(SaslTurn.Malformed.class, guest().begin("a\r\nb"));
    assertInstanceOf(SaslTurn.Malformed.class, guest().begin(new byte[] {(byte) 0xC3}));
  }

  @Test
  void withoutCertificateThereIsNoExternal() {
    ExternalMechanism external = new ExternalMechanism(CertificateNames.mailAddresses());
    assertEquals(
        LoginDecision.Reason.CREDENTIALS, Talk.reason(new Talk(external, NOBODY).begin("")));
  }
}
