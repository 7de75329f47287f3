package org.posthorn.protocol.sasl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.TlsInfo;

/** The -PLUS forms of SCRAM. */
class ChannelBindingTest {
  private static final Authenticator USERS = new MemoryAuthenticator().user("user", "pencil");
  private static final byte[] KEYING = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);

  private static TlsInfo tls(Secret exporter) {
    return new TlsInfo("TLSv1.3", "TLS_AES_128_GCM_SHA256", null, List.of(), null, exporter);
  }

  private static SaslTurn log(
      SaslMechanism mechanism, ScramHash hash, String gs2, byte[] data, boolean offered) {
    Talk talk = new Talk(mechanism, USERS, tls(Secret.of(KEYING)), offered);
    ScramClient client = new ScramClient(hash, gs2, data, "user", "pencil");
    SaslTurn first = talk.begin(client.first());
    if (!(first instanceof SaslTurn.Challenge)) {
      return first;
    }
    SaslTurn last = talk.answer(client.last(Talk.octets(first)));
    if (!(last instanceof SaslTurn.Challenge)) {
      return last;
    }
    assertEquals("v=" + client.serverSignature(), Talk.text(last));
    return talk.line("");
  }

  @ParameterizedTest
  @EnumSource
  void theRightBindingLogsIn(ScramHash hash) {
    ScramMechanism plus = ScramMechanism.plus(hash);
    assertEquals("SCRAM-" + hash.digest() + "-PLUS", plus.name());
    assertEquals("user", Talk.account(log(plus, hash, "p=tls-exporter,,", KEYING, true)));
    assertEquals(
        "user", Talk.account(log(new ScramMechanism(hash), hash, "n,,", new byte[0], true)));
  }

  @Test
  void anotherConnectionsBindingIsRefused() {
    ScramHash hash = ScramHash.SHA_256;
    ScramMechanism plus = ScramMechanism.plus(hash);
    byte[] other = KEYING.clone();
    other[0]++;
    for (SaslTurn end :
        List.of(
            log(plus, hash, "p=tls-exporter,,", other, true),
            log(plus, hash, "p=tls-exporter,,", new byte[0], true),
            log(plus, hash, "p=tls-unique,,", KEYING, true),
            log(plus, hash, "p=tls-server-end-point,,", KEYING, true),
            log(plus, hash, "n,,", new byte[0], true),
            log(new ScramMechanism(hash), hash, "p=tls-exporter,,", KEYING, true))) {
      assertEquals(LoginDecision.Reason.CREDENTIALS, Talk.reason(end));
    }
  }

  /** RFC 5802 section 6: a client that thinks there is no binding, where there is, was deceived. */
  @Test
  void aTakenAwayAnnouncementIsNoticed() {
    ScramHash hash = ScramHash.SHA_256;
    ScramMechanism plain = new ScramMechanism(hash);
    assertEquals("user", Talk.account(log(plain, hash, "y,,", new byte[0], false)));
    assertEquals(
        LoginDecision.Reason.CREDENTIALS, Talk.reason(log(plain, hash, "y,,", new byte[0], true)));
  }

  @Test
  void itIsAnnouncedOnlyWithAnExporter() {
    ConnectionInfo connection = new ConnectionInfo("1", "test", Talk.HERE, Talk.HERE, false, true);
    SaslService service =
        new SaslService(
            USERS,
            SaslPolicy.STANDARD,
            FailureDelay.NONE,
            LoginThrottle.none(),
            "test",
            "mail.example");
    assertEquals(
        List.of(
            "SCRAM-SHA-512-PLUS",
            "SCRAM-SHA-256-PLUS",
            "SCRAM-SHA-1-PLUS",
            "SCRAM-SHA-512",
            "SCRAM-SHA-256",
            "SCRAM-SHA-1",
            "PLAIN",
            "LOGIN"),
        service.announced(connection, tls(Secret.of(KEYING))));
    assertTrue(service.announced(connection, tls(null)).contains("SCRAM-SHA-256"));
    assertTrue(
        service.announced(connection, tls(null)).stream().noneMatch(n -> n.endsWith("PLUS")));
    assertEquals(
        List.of("SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1"),
        service.announced(connection, null));
  }
}
