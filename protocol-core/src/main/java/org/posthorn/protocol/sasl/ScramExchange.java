package org.posthorn.protocol.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.StoreException;

/** The server's side of RFC 5802 section 5. */
final class ScramExchange implements SaslExchange {
  private static final int NONCE_OCTETS = 18;

  private final ScramHash hash;
  private final String mechanism;
  private final SaslContext context;
  private @Nullable ScramClientFirst first;
  private @Nullable ServerFirst serverFirst;

  /**
   * What the look-up found. Written by the call, read by the next step: the driver's hand-over of
   * the outcome lies between.
   */
  private record ServerFirst(ScramKeys keys, String nonce, String message) {}

  ScramExchange(ScramHash hash, String mechanism, SaslContext context) {
    this.hash = hash;
    this.mechanism = mechanism;
    this.context = context;
  }

  @Override
  public SaslStep next(byte @Nullable [] response) {
    if (response == null) {
      return new SaslStep.Challenge(new byte[0]);
    }
    ServerFirst sent = serverFirst;
    ScramClientFirst begun = first;
    return begun == null || sent == null ? begin(response) : finish(begun, sent, response);
  }

  private SaslStep begin(byte[] response) {
    ScramClientFirst message = ScramClientFirst.parse(response);
    if (message == null || first != null) {
      return new SaslStep.Malformed("not a SCRAM client-first-message");
    }
    if (message.bindingFlag() == 'p') {
      return new SaslStep.Malformed("channel binding belongs to " + mechanism + "-PLUS");
    }
    first = message;
    return new SaslStep.Work(new Call(context.authenticator(), mechanism, () -> lookUp(message)));
  }

  private SaslStep lookUp(ScramClientFirst message) throws StoreException {
    Authenticator authenticator = context.authenticator();
    // Made in any case, so that a user who exists takes as long as one who does not.
    ScramKeys decoy = authenticator.decoy().keys(message.user(), hash);
    Optional<ScramKeys> real = authenticator.scram(message.user(), hash);
    ScramKeys keys = real.orElse(decoy);
    String nonce =
        message.nonce()
            + Base64.getEncoder().encodeToString(Arrays.copyOf(context.entropy(), NONCE_OCTETS));
    String salt = Base64.getEncoder().encodeToString(keys.salt());
    String text = "r=" + nonce + ",s=" + salt + ",i=" + keys.iterations();
    serverFirst = new ServerFirst(keys, nonce, text);
    return new SaslStep.Challenge(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** client-final-message: channel-binding "," nonce ["," extensions] "," proof. */
  private SaslStep finish(ScramClientFirst begun, ServerFirst sent, byte[] response) {
    @Nullable String text = SaslText.decode(response, 0, response.length);
    int proofAt = text == null ? -1 : text.lastIndexOf(",p=");
    if (text == null || proofAt < 0) {
      return new SaslStep.Malformed("not a SCRAM client-final-message");
    }
    String withoutProof = text.substring(0, proofAt);
    String binding = Base64.getEncoder().encodeToString(SaslText.utf8(begun.gs2Header()));
    String expected = "c=" + binding + ",r=" + sent.nonce();
    byte @Nullable [] proof = decodeProof(text.substring(proofAt + 3));
    if (proof == null
        || !(withoutProof.equals(expected) || withoutProof.startsWith(expected + ","))) {
      return new SaslStep.Malformed("wrong nonce, channel binding or proof");
    }
    String authMessage = begun.bare() + "," + sent.message() + "," + withoutProof;
    return new SaslStep.Work(
        new Call(
            context.authenticator(),
            mechanism,
            () -> verify(begun, sent.keys(), SaslText.utf8(authMessage), proof)));
  }

  private byte @Nullable [] decodeProof(String base64) {
    try {
      byte[] proof = Base64.getDecoder().decode(base64);
      return proof.length == hash.octets() ? proof : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private SaslStep verify(ScramClientFirst begun, ScramKeys keys, byte[] authMessage, byte[] proof)
      throws StoreException {
    LoginAttempt attempt = context.attempt(mechanism, begun.user(), begun.authorizationId());
    byte[] signature = ScramCrypto.hmac(hash, keys.storedKey().reveal(), authMessage);
    byte[] clientKey = ScramCrypto.xor(proof, signature);
    Secret storedKey = Secret.of(ScramCrypto.digest(hash, clientKey));
    if (!storedKey.equals(keys.storedKey())) {
      return new SaslStep.Denied(
          LoginDecision.Reason.CREDENTIALS, "wrong proof or unknown user", begun.user());
    }
    SaslStep step = PasswordCheck.step(context.authenticator().authorize(attempt), attempt);
    if (!(step instanceof SaslStep.Granted granted)) {
      return step;
    }
    byte[] serverSignature = ScramCrypto.hmac(hash, keys.serverKey().reveal(), authMessage);
    String last = "v=" + Base64.getEncoder().encodeToString(serverSignature);
    return new SaslStep.Granted(granted.identity(), last.getBytes(StandardCharsets.US_ASCII));
  }

  private interface Body {
    SaslStep run() throws StoreException;
  }

  /** One step of the exchange on the authenticator's lane. */
  private record Call(Authenticator authenticator, String mechanism, Body body)
      implements StoreCall<SaslStep> {
    @Override
    public SaslStep invoke(CallContext callContext) throws StoreException {
      return body.run();
    }

    @Override
    public Lane lane() {
      return authenticator.lane();
    }

    @Override
    public String toString() {
      return mechanism;
    }
  }
}
