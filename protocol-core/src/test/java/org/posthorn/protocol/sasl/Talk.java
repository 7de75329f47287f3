package org.posthorn.protocol.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.TlsInfo;

/** A client's side of one authentication, for tests: plain text in and out, calls done at once. */
final class Talk {
  static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private final SaslDialogue dialogue;

  Talk(SaslMechanism mechanism, Authenticator users, @Nullable TlsInfo tls, boolean binding) {
    SaslContext context =
        new SaslContext(
            users,
            new ConnectionInfo("1", "test", HERE, HERE, false, true),
            "test",
            tls,
            "mail.example",
            binding,
            new byte[32]);
    dialogue = new SaslDialogue(mechanism, context);
  }

  Talk(SaslMechanism mechanism, Authenticator users) {
    this(mechanism, users, null, false);
  }

  SaslTurn begin() {
    return done(dialogue.begin());
  }

  SaslTurn begin(String initial) {
    return done(dialogue.begin(base64(initial.getBytes(UTF_8))));
  }

  SaslTurn begin(byte[] initial) {
    return done(dialogue.begin(base64(initial)));
  }

  SaslTurn answer(String text) {
    return done(dialogue.answer(base64(text.getBytes(UTF_8))));
  }

  SaslTurn answer(byte[] octets) {
    return done(dialogue.answer(base64(octets)));
  }

  SaslTurn line(String line) {
    return done(dialogue.answer(ByteBuffer.wrap(line.getBytes(UTF_8))));
  }

  private SaslTurn done(SaslTurn turn) {
    SaslTurn next = turn;
    while (next instanceof SaslTurn.Work work) {
      next = dialogue.resumed(Outcome.of(work.call(), CallContext.NONE));
    }
    return next;
  }

  private static ByteBuffer base64(byte[] octets) {
    return ByteBuffer.wrap(Base64.getEncoder().encode(octets));
  }

  static byte[] octets(SaslTurn turn) {
    return Base64.getDecoder().decode(assertInstanceOf(SaslTurn.Challenge.class, turn).base64());
  }

  static String text(SaslTurn turn) {
    return new String(octets(turn), UTF_8);
  }

  static String account(SaslTurn turn) {
    return assertInstanceOf(SaslTurn.LoggedIn.class, turn).identity().account();
  }

  static LoginDecision.Reason reason(SaslTurn turn) {
    return assertInstanceOf(SaslTurn.Refused.class, turn).reason();
  }
}
