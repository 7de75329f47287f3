package org.posthorn.protocol.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CramMd5Test {
  private static final Authenticator USERS =
      new MemoryAuthenticator().user("tim", "tanstaaftanstaaf");

  private static String digest(String challenge, String password) throws Exception {
    Mac mac = Mac.getInstance("HmacMD5");
    mac.init(new SecretKeySpec(password.getBytes(UTF_8), "HmacMD5"));
    return HexFormat.of().formatHex(mac.doFinal(challenge.getBytes(UTF_8)));
  }

  /** RFC 2195 section 2: the digest that this test's client makes is the RFC's. */
  @Test
  void theClientOfThisTestIsRight() throws Exception {
    String challenge = "<1896.697170952@postoffice.reston.mci.net>";
    assertEquals("b913a602c7eda7a495b4e6e7334d3890", digest(challenge, "tanstaaftanstaaf"));
  }

  @Test
  void rightAndWrongDigests() throws Exception {
    for (String[] attempt : List.of(new String[] {"tim", "no"}, new String[] {"tom", "no"})) {
      Talk talk = new Talk(new CramMd5Mechanism(), USERS);
      String challenge = Talk.text(talk.begin());
      SaslTurn end = talk.answer(attempt[0] + " " + digest(challenge, attempt[1]));
      assertEquals(LoginDecision.Reason.CREDENTIALS, Talk.reason(end));
    }
    Talk talk = new Talk(new CramMd5Mechanism(), USERS);
    String challenge = Talk.text(talk.begin());
    assertTrue(challenge.matches("<[0-9a-f]{32}@mail\\.example>"), challenge);
    SaslTurn end = talk.answer("tim " + digest(challenge, "tanstaaftanstaaf"));
    assertEquals("tim", Talk.account(end));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tim", " b913a602c7eda7a495b4e6e7334d3890"})
  void brokenResponses(String response) {
    Talk talk = new Talk(new CramMd5Mechanism(), USERS);
    talk.begin();
    assertInstanceOf(SaslTurn.Malformed.class, talk.answer(response));
  }

  /** RFC 4422 section 3.3: a client that speaks first is out of step. */
  @Test
  void thereIsNoInitialResponse() {
    assertInstanceOf(
        SaslTurn.Malformed.class, new Talk(new CramMd5Mechanism(), USERS).begin("tim x"));
  }

  @Test
  void noPolicyHasItUnlessAsked() {
    assertFalse(SaslPolicy.STANDARD.underTls().stream().anyMatch(m -> m.name().equals("CRAM-MD5")));
    assertTrue(
        SaslPolicy.STANDARD.with(new CramMd5Mechanism()).withoutTls().stream()
            .anyMatch(m -> m.name().equals("CRAM-MD5")));
  }
}
