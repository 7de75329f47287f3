package org.posthorn.protocol.sasl;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Outcome;

/**
 * The lines of one authentication as IMAP (RFC 9051 section 6.2.2), POP3 (RFC 5034) and SMTP (RFC
 * 4954) share them: base64 both ways, {@code =} for an empty initial response, {@code *} to give
 * up. Confined like the engine that holds it. Every method gives the next {@link SaslTurn}; after a
 * turn that says done the dialogue is over.
 */
public final class SaslDialogue {
  /** Octets of a line of base64 that are taken (RFC 4954 section 4). */
  public static final int MAX_LINE = 12_288;

  private final String mechanism;
  private final boolean serverFirst;
  private final SaslExchange exchange;

  /** What comes when the client has answered the last word. */
  private @Nullable SaslTurn end;

  SaslDialogue(SaslMechanism mechanism, SaslContext context) {
    this.mechanism = mechanism.name();
    this.serverFirst = mechanism.serverFirst();
    this.exchange = mechanism.begin(context);
  }

  /** Such as PLAIN. */
  public String mechanism() {
    return mechanism;
  }

  /** Whether {@link #begin(ByteBuffer)} is out of step. */
  public boolean serverFirst() {
    return serverFirst;
  }

  /** Begins without an initial response. */
  public SaslTurn begin() {
    return turn(exchange.next(null));
  }

  /** Begins with the initial response as it stood in the command. */
  public SaslTurn begin(ByteBuffer initial) {
    boolean empty = initial.remaining() == 1 && initial.get(initial.position()) == '=';
    return empty ? turn(exchange.next(new byte[0])) : decoded(initial);
  }

  /** The client's line, without its CRLF. */
  public SaslTurn answer(ByteBuffer line) {
    if (line.remaining() == 1 && line.get(line.position()) == '*') {
      return end instanceof SaslTurn.Refused refused ? refused : new SaslTurn.Cancelled();
    }
    return decoded(line);
  }

  /** The client's line was longer than {@link #MAX_LINE} or than the protocol takes. */
  public SaslTurn tooLong() {
    return new SaslTurn.TooLong();
  }

  /** The work is done. */
  public SaslTurn resumed(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Failed<?> failed) {
      return new SaslTurn.Failed(failed.why());
    }
    return turn((SaslStep) ((Outcome.Done<?>) outcome).value());
  }

  private SaslTurn decoded(ByteBuffer base64) {
    if (base64.remaining() > MAX_LINE) {
      return tooLong();
    }
    if (base64.remaining() % 4 != 0) {
      return new SaslTurn.Malformed("not base64");
    }
    byte[] text = new byte[base64.remaining()];
    base64.get(text);
    try {
      return next(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return new SaslTurn.Malformed("not base64");
    }
  }

  private SaslTurn next(byte[] response) {
    SaslTurn last = end;
    if (last == null) {
      return turn(exchange.next(response));
    }
    return response.length == 0 || last instanceof SaslTurn.Refused
        ? last
        : new SaslTurn.Malformed("nothing was asked for");
  }

  private SaslTurn turn(SaslStep step) {
    if (step instanceof SaslStep.Challenge challenge) {
      return challenge(challenge.octets());
    }
    if (step instanceof SaslStep.Work work) {
      return new SaslTurn.Work(work.call(), null);
    }
    if (step instanceof SaslStep.Decide decide) {
      return new SaslTurn.Work(decide.call(), decide.attempt());
    }
    if (step instanceof SaslStep.Denied denied) {
      return refused(denied);
    }
    if (step instanceof SaslStep.DeniedLater later) {
      end = refused(later.denied());
      return challenge(later.last());
    }
    if (step instanceof SaslStep.Malformed malformed) {
      return new SaslTurn.Malformed(malformed.detail());
    }
    SaslStep.Granted success = (SaslStep.Granted) step;
    SaslTurn loggedIn = new SaslTurn.LoggedIn(success.identity());
    if (success.finalData() == null) {
      return loggedIn;
    }
    // None of the three protocols carries data with success: RFC 4422 section 3.6.
    end = loggedIn;
    return challenge(success.finalData());
  }

  private static SaslTurn refused(SaslStep.Denied denied) {
    return new SaslTurn.Refused(denied.reason(), denied.detail(), denied.user());
  }

  private static SaslTurn challenge(byte[] octets) {
    return new SaslTurn.Challenge(Base64.getEncoder().encodeToString(octets));
  }
}
