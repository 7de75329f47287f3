package org.posthorn.protocol.sasl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.store.StoreException;

/** OAUTHBEARER (RFC 7628) and XOAUTH2. */
class TokenMechanismsTest {
  private static final String GOOD = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==";

  private static final TokenVerifier VERIFIER =
      (attempt, token) -> {
        if (token.revealText().equals("later")) {
          throw new StoreException(StoreException.Code.UNAVAILABLE, "no keys");
        }
        return token.revealText().equals(GOOD)
            ? new TokenVerifier.Decision.Valid("user@example.com")
            : new TokenVerifier.Decision.Invalid(
                "invalid_token", "unknown \"token\"", Map.of("scope", "imap \"smtp\""));
      };

  private static final Authenticator USERS =
      new MemoryAuthenticator()
          .user("user@example.com", "x")
          .user("boss", "x")
          .authorization((user, actingAs) -> actingAs.equals("boss"));

  private static Talk bearer() {
    return new Talk(TokenMechanism.oauthBearer(VERIFIER), USERS);
  }

  private static Talk xoauth2() {
    return new Talk(TokenMechanism.xoauth2(VERIFIER), USERS);
  }

  private static String message(String user, String token) {
    return "n,a=" + user + ",\1host=server.example.com\1port=143\1auth=Bearer " + token + "\1\1";
  }

  /** Section 4.1. */
  @Test
  void aGoodTokenLogsIn() {
    assertEquals(
        "user@example.com", Talk.account(bearer().begin(message("user@example.com", GOOD))));
    assertEquals(
        "user@example.com", Talk.account(bearer().begin("n,,\1auth=bearer " + GOOD + "\1\1")));
    Talk talk = bearer();
    assertEquals("", Talk.text(talk.begin()));
    assertEquals(
        "user@example.com", Talk.account(talk.answer("n,,\1auth=Bearer " + GOOD + "\1\1")));
  }

  /** Section 4.3: the server says what is wrong, the client answers, then comes the end. */
  @Test
  void aBadTokenIsExplainedFirst() {
    for (String answer : new String[] {"\1", "", "x"}) {
      Talk talk = bearer();
      String json = Talk.text(talk.begin(message("user@example.com", "bad")));
      assertEquals("{\"status\":\"invalid_token\",\"scope\":\"imap \\\"smtp\\\"\"}", json);
      assertEquals(LoginDecision.Reason.CREDENTIALS, Talk.reason(talk.answer(answer)));
    }
    Talk talk = bearer();
    talk.begin(message("user@example.com", "bad"));
    assertEquals(LoginDecision.Reason.CREDENTIALS, Talk.reason(talk.line("*")));
  }

  /** Section 4.3, with an empty token: discovery. */
  @Test
  void aClientWithoutTokenLearnsWhereToGetOne() {
    assertTrue(Talk.text(bearer().begin("n,,\1auth=\1\1")).contains("\"scope\""));
  }

  @Test
  void theTokensUserMayActAsOthersByPolicyOnly() {
    assertEquals("boss", Talk.account(bearer().begin(message("boss", GOOD))));
    Talk talk = bearer();
    assertTrue(Talk.text(talk.begin(message("somebody", GOOD))).startsWith("{\"status\":"));
    assertEquals(LoginDecision.Reason.AUTHORIZATION, Talk.reason(talk.answer("\1")));
  }

  @Test
  void anAbsentVerifierIsNoRefusal() {
    assertInstanceOf(SaslTurn.Failed.class, bearer().begin(message("a", "later")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\1",
        "n,,",
        "n,,\1",
        "n,,\1\1",
        "p=tls-exporter,,\1auth=Bearer abc\1\1",
        "n,,\1auth=Bearer abc\1",
        "n,,\1host=a\1\1",
        "n,,\1auth=Bearer a\1auth=Bearer b\1\1",
        "n,,\1auth=MAC abc\1\1",
        "n,,\1auth=Bearer a b\1\1",
        "n,a=x=y,\1auth=Bearer abc\1\1",
        "auth=Bearer abc\1\1"
      })
  void brokenBearerMessages(String message) {
    assertInstanceOf(SaslTurn.Malformed.class, bearer().begin(message));
  }

  @Test
  void theUserOfXOAuth2IsWhomToActAs() {
    assertEquals(
        "user@example.com",
        Talk.account(xoauth2().begin("user=user@example.com\1auth=Bearer " + GOOD + "\1\1")));
    Talk talk = xoauth2();
    assertTrue(
        Talk.text(talk.begin("user=a\1auth=Bearer no\1\1"))
            .contains("\"status\":\"invalid_token\""));
    assertEquals(LoginDecision.Reason.CREDENTIALS, Talk.reason(talk.line("")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "user=a\1",
        "user=\1auth=Bearer a\1\1",
        "user=a\1auth=Basic a\1\1",
        "user=a\1auth=Bearer a\1",
        "auth=Bearer a\1user=a\1\1"
      })
  void brokenXOAuth2Messages(String message) {
    assertInstanceOf(SaslTurn.Malformed.class, xoauth2().begin(message));
  }

  @Property(tries = 500)
  void noMessageThrows(@ForAll byte[] garbage) {
    bearer().begin(garbage);
    xoauth2().begin(garbage);
  }

  /** As many pairs as a line can have: no recursion breaks on them. */
  @Test
  void manyPairs() {
    assertInstanceOf(SaslTurn.Malformed.class, bearer().begin("n,,\1" + "a=\1".repeat(3_000)));
    assertEquals(
        "user@example.com",
        Talk.account(
            bearer().begin("n,,\1" + "a=\1".repeat(2_900) + "auth=Bearer " + GOOD + "\1\1")));
  }
}
