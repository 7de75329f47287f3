package org.posthorn.protocol.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Outcome;
import org.posthorn.store.Identity;
import org.posthorn.store.StoreException;

class SaslDialogueTest {
  private static final Authenticator USERS =
      new MemoryAuthenticator().user("user", "pencil").user("jürgen", "a,b=c");
  private static final InetSocketAddress HERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  private static final SaslContext CONTEXT =
      new SaslContext(
          USERS,
          new ConnectionInfo("1", "test", HERE, HERE, false, true),
          "test",
          null,
          "mail.example",
          false,
          new byte[32]);

  private static SaslDialogue dialogue(SaslMechanism mechanism) {
    return new SaslDialogue(mechanism, CONTEXT);
  }

  private static ByteBuffer base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  private static ByteBuffer base64(byte[] octets) {
    return ByteBuffer.wrap(Base64.getEncoder().encode(octets));
  }

  private static ByteBuffer line(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  /** Runs the work, if that is what the turn is. */
  private static SaslTurn done(SaslDialogue dialogue, SaslTurn turn) {
    return turn instanceof SaslTurn.Work work
        ? dialogue.resumed(Outcome.of(work.call(), CallContext.NONE))
        : turn;
  }

  private static byte[] challenge(SaslTurn turn) {
    return Base64.getDecoder().decode(assertInstanceOf(SaslTurn.Challenge.class, turn).base64());
  }

  private static Identity identity(SaslTurn turn) {
    return assertInstanceOf(SaslTurn.LoggedIn.class, turn).identity();
  }

  private static SaslTurn plain(String message) {
    SaslDialogue dialogue = dialogue(new PlainMechanism());
    return done(dialogue, dialogue.begin(base64(message)));
  }

  @Test
  void plainLogsIn() {
    assertEquals("user", identity(plain("\0user\0pencil")).account());
    assertEquals("user", identity(plain("user\0user\0pencil")).account());
    assertEquals("jürgen", identity(plain("\0ju\u0308rgen\0a,b=c")).account());
  }

  @Test
  void plainWithoutInitialResponseAsksForIt() {
    SaslDialogue dialogue = dialogue(new PlainMechanism());
    assertEquals(0, challenge(dialogue.begin()).length);
    assertEquals(
        "user", identity(done(dialogue, dialogue.answer(base64("\0user\0pencil")))).account());
  }

  @Test
  void plainRefusesAlikeWhateverIsWrong() {
    for (String wrong : List.of("\0user\0pen", "\0nobody\0pencil")) {
      SaslTurn.Refused refused = assertInstanceOf(SaslTurn.Refused.class, plain(wrong));
      assertEquals(LoginDecision.Reason.CREDENTIALS, refused.reason());
    }
    SaslTurn.Refused other =
        assertInstanceOf(SaslTurn.Refused.class, plain("jürgen\0user\0pencil"));
    assertEquals(LoginDecision.Reason.AUTHORIZATION, other.reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "user", "\0user", "\0user\0", "\0\0pencil", "\0user\0pencil\0", "\0\0\0\0"})
  void plainRefusesBrokenGrammar(String message) {
    assertInstanceOf(SaslTurn.Malformed.class, plain(message));
  }

  @Test
  void plainWantsUtf8() {
    SaslDialogue dialogue = dialogue(new PlainMechanism());
    SaslTurn turn = dialogue.begin(base64(new byte[] {0, 'u', 0, (byte) 0xC3}));
    assertInstanceOf(SaslTurn.Malformed.class, turn);
  }

  @Test
  void loginAsksTwice() {
    SaslDialogue dialogue = dialogue(new LoginMechanism());
    assertEquals("Username:", new String(challenge(dialogue.begin()), UTF_8));
    assertEquals("Password:", new String(challenge(dialogue.answer(base64("user"))), UTF_8));
    assertEquals("user", identity(done(dialogue, dialogue.answer(base64("pencil")))).account());
  }

  @Test
  void loginTakesTheNameAsInitialResponse() {
    SaslDialogue dialogue = dialogue(new LoginMechanism());
    assertEquals("Password:", new String(challenge(dialogue.begin(base64("user"))), UTF_8));
    assertInstanceOf(SaslTurn.Refused.class, done(dialogue, dialogue.answer(base64("wrong"))));
  }

  private static SaslTurn scram(ScramClient client, SaslDialogue dialogue) {
    SaslTurn first = done(dialogue, dialogue.begin(base64(client.first())));
    return done(dialogue, dialogue.answer(base64(client.last(challenge(first)))));
  }

  @Test
  void scramLogsInAndProvesTheServer() {
    SaslDialogue dialogue = dialogue(new ScramMechanism(ScramHash.SHA_256));
    ScramClient client = new ScramClient(ScramHash.SHA_256, "n,,", "user", "pencil");
    byte[] last = challenge(scram(client, dialogue));
    assertEquals("v=" + client.serverSignature(), new String(last, UTF_8));
    assertEquals("user", identity(dialogue.answer(line(""))).account());
  }

  @Test
  void scramWantsNothingMoreAfterItsLastWord() {
    SaslDialogue dialogue = dialogue(new ScramMechanism(ScramHash.SHA_256));
    challenge(scram(new ScramClient(ScramHash.SHA_256, "y,,", "user", "pencil"), dialogue));
    assertInstanceOf(SaslTurn.Malformed.class, dialogue.answer(base64("x")));
  }

  @Test
  void scramCanBeCancelledAfterTheProof() {
    SaslDialogue dialogue = dialogue(new ScramMechanism(ScramHash.SHA_256));
    challenge(scram(new ScramClient(ScramHash.SHA_256, "n,,", "user", "pencil"), dialogue));
    assertInstanceOf(SaslTurn.Cancelled.class, dialogue.answer(line("*")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "nobody"})
  void scramRefusesAlikeWhateverIsWrong(String user) {
    SaslDialogue dialogue = dialogue(new ScramMechanism(ScramHash.SHA_256));
    ScramClient client = new ScramClient(ScramHash.SHA_256, "n,,", user, "wrong");
    SaslTurn.Refused refused = assertInstanceOf(SaslTurn.Refused.class, scram(client, dialogue));
    assertEquals(LoginDecision.Reason.CREDENTIALS, refused.reason());
    assertEquals(user, refused.user());
  }

  @Test
  void scramKnowsEscapedNamesAndAuthorizationIds() {
    SaslDialogue dialogue = dialogue(new ScramMechanism(ScramHash.SHA_256));
    ScramClient client = new ScramClient(ScramHash.SHA_256, "n,a=other,", "user", "pencil");
    SaslTurn.Refused refused = assertInstanceOf(SaslTurn.Refused.class, scram(client, dialogue));
    assertEquals(LoginDecision.Reason.AUTHORIZATION, refused.reason());
  }

  @Test
  void unknownUsersHaveASaltThatStays() {
    byte[] one = saltOf("nobody");
    assertEquals(saltOf("user").length, one.length);
    assertArrayEquals(one, saltOf("nobody"));
    assertNotEquals(
        Base64.getEncoder().encodeToString(one),
        Base64.getEncoder().encodeToString(saltOf("somebody")));
  }

  private static byte[] saltOf(String user) {
    SaslDialogue dialogue = dialogue(new ScramMechanism(ScramHash.SHA_256));
    ScramClient client = new ScramClient(ScramHash.SHA_256, "n,,", user, "x");
    byte[] first = challenge(done(dialogue, dialogue.begin(base64(client.first()))));
    assertEquals("4096", ScramClient.attributes(first).get('i'));
    return Base64.getDecoder().decode(ScramClient.attributes(first).get('s'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n,,",
        "n,,n=user",
        "n,,r=abc",
        "n,,n=,r=abc",
        "n,,n=us=er,r=abc",
        "n,,n=a=2c,r=b",
        "x,,n=user,r=abc",
        "n,,m=ext,n=user,r=abc",
        "n,,n=user,r=",
        "n,,n=user,r=a\u00e9",
        "n,user,n=user,r=abc",
        "nn=user,r=abc"
      })
  void scramRefusesBrokenFirstMessages(String message) {
    SaslDialogue dialogue = dialogue(new ScramMechanism(ScramHash.SHA_256));
    assertInstanceOf(SaslTurn.Malformed.class, done(dialogue, dialogue.begin(base64(message))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c=biws",
        "c=biws,r=NONCE",
        "c=eSws,r=NONCE,p=QUFB",
        "c=biws,r=x,p=QUFB",
        "c=biws,r=NONCE,p=!",
        "c=biws,r=NONCE,p=QUFB"
      })
  void scramRefusesBrokenLastMessages(String message) {
    SaslDialogue dialogue = dialogue(new ScramMechanism(ScramHash.SHA_256));
    ScramClient client = new ScramClient(ScramHash.SHA_256, "n,,", "user", "pencil");
    byte[] first = challenge(done(dialogue, dialogue.begin(base64(client.first()))));
    String nonce = ScramClient.attributes(first).get('r');
    SaslTurn turn = dialogue.answer(base64(message.replace("NONCE", nonce)));
    assertInstanceOf(SaslTurn.Malformed.class, turn);
  }

  @Test
  void asteriskCancels() {
    SaslDialogue dialogue = dialogue(new PlainMechanism());
    dialogue.begin();
    assertInstanceOf(SaslTurn.Cancelled.class, dialogue.answer(line("*")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "AA", "A===", "AAA", "AA=A", "?AAA", "AAAA ", "=", "AHVzZXI*"})
  void brokenBase64IsMalformed(String answer) {
    SaslDialogue dialogue = dialogue(new PlainMechanism());
    dialogue.begin();
    assertInstanceOf(SaslTurn.Malformed.class, dialogue.answer(line(answer)));
  }

  @Test
  void equalsSignIsAnEmptyInitialResponse() {
    assertInstanceOf(
        SaslTurn.Challenge.class,
        new SaslDialogue(
                new SaslMechanism() {
                  @Override
                  public String name() {
                    return "COUNT";
                  }

                  @Override
                  public boolean revealsSecret() {
                    return false;
                  }

                  @Override
                  public boolean available(SaslContext context) {
                    return true;
                  }

                  @Override
                  public SaslExchange begin(SaslContext context) {
                    return response ->
                        response != null && response.length == 0
                            ? new SaslStep.Challenge(new byte[0])
                            : new SaslStep.Malformed("not empty");
                  }
                },
                CONTEXT)
            .begin(line("=")));
  }

  @Test
  void overlongResponsesAreMalformed() {
    SaslDialogue dialogue = dialogue(new PlainMechanism());
    dialogue.begin();
    ByteBuffer big = ByteBuffer.wrap(new byte[SaslDialogue.MAX_LINE + 4]);
    assertInstanceOf(SaslTurn.TooLong.class, dialogue.answer(big));
  }

  @Test
  void aUserDatabaseThatIsAwayIsNoRefusal() {
    SaslDialogue dialogue = dialogue(new PlainMechanism());
    dialogue.begin(base64("\0user\0pencil"));
    StoreException away = new StoreException(StoreException.Code.UNAVAILABLE, "away");
    assertEquals(new SaslTurn.Failed(away), dialogue.resumed(new Outcome.Failed<SaslStep>(away)));
  }

  @Property(tries = 300)
  void noResponseThrows(@ForAll byte[] response, @ForAll byte[] second) {
    for (SaslMechanism mechanism : SaslPolicy.STANDARD.underTls()) {
      SaslDialogue dialogue = dialogue(mechanism);
      SaslTurn turn = dialogue.begin(base64(response));
      if (turn instanceof SaslTurn.Challenge) {
        dialogue.answer(ByteBuffer.wrap(second));
      }
    }
  }
}
