package org.posthorn.protocol.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.Secret;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.store.StoreException;

/** The server's side of RFC 5802 section 5. */
final class ScramExchange implements SaslExchange {
  private static final int NONCE_OCTETS = 18;

  private final ScramHash hash;
  private final String mechanism;
  private final boolean binding;
  private final SaslContext context;
  private @Nullable ScramClientFirst first;
  private SaslNames names = new SaslNames("", "");
  private @Nullable ServerFirst serverFirst;

  /**
   * What the look-up found. Written by the call, read by the next step: the driver's hand-over of
   * the outcome lies between.
   */
  private record ServerFirst(ScramKeys keys, String nonce, String message) {}

  ScramExchange(ScramHash hash, String mechanism, boolean binding, SaslContext context) {
    this.hash = hash;
    this.mechanism = mechanism;
    this.binding = binding;
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
    first = message;
    SaslNames prepared = SaslNames.prepared(message.user(), message.authorizationId());
    if (prepared == null) {
      return SaslNames.refused(context, mechanism, message.user());
    }
    names = prepared;
    String wrong = wrongBinding(message);
    if (wrong != null) {
      return denied(wrong);
    }
    return new SaslStep.Work(new DecisionCall(keyLane(), mechanism, () -> lookUp(message)));
  }

  /** Keys may have to be derived, made-up ones always, whatever a comparison of passwords costs. */
  private Lane keyLane() {
    Lane lane = context.authenticator().lane();
    return lane == Lane.INLINE ? Lane.CPU : lane;
  }

  /** RFC 5802 section 6. */
  private @Nullable String wrongBinding(ScramClientFirst message) {
    if (message.bindingFlag() == 'p') {
      return !binding
          ? "channel binding belongs to " + mechanism + ScramMechanism.PLUS
          : bindingData(message) == null ? "unsupported channel binding" : null;
    }
    if (binding) {
      return "no channel binding";
    }
    return message.bindingFlag() == 'y' && context.bindingOffered()
        ? "the announcement of channel binding was taken away on the way"
        : null;
  }

  private byte @Nullable [] bindingData(ScramClientFirst message) {
    TlsInfo tls = context.tls();
    return tls == null ? null : ChannelBinding.data(message.bindingType(), tls);
  }

  private SaslStep denied(String detail) {
    return new SaslStep.Denied(LoginDecision.Reason.CREDENTIALS, detail, names.authenticationId());
  }

  private SaslStep lookUp(ScramClientFirst message) throws StoreException {
    Authenticator authenticator = context.authenticator();
    // Made in any case, so that a user who exists takes as long as one who does not.
    ScramKeys decoy = authenticator.decoy().keys(names.authenticationId(), hash);
    Optional<ScramKeys> real = authenticator.scram(names.authenticationId(), hash);
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
    byte @Nullable [] proof = decodeProof(text.substring(proofAt + 3));
    int nonceAt = withoutProof.indexOf(",r=");
    if (proof == null || nonceAt < 0 || !withoutProof.startsWith("c=")) {
      return new SaslStep.Malformed("not a SCRAM client-final-message");
    }
    String expected = "r=" + sent.nonce();
    String rest = withoutProof.substring(nonceAt + 1);
    if (!rest.equals(expected) && !rest.startsWith(expected + ",")) {
      return new SaslStep.Malformed("wrong nonce");
    }
    String authMessage = begun.bare() + "," + sent.message() + "," + withoutProof;
    boolean bound = withoutProof.substring(2, nonceAt).equals(channel(begun));
    LoginAttempt attempt =
        context.attempt(mechanism, names.authenticationId(), names.authorizationId());
    return new SaslStep.Decide(
        new DecisionCall(
            context.authenticator().lane(),
            mechanism,
            () ->
                bound
                    ? verify(attempt, sent.keys(), SaslText.utf8(authMessage), proof)
                    : denied("channel bindings do not match")),
        attempt);
  }

  /** cbind-input, RFC 5802 section 7. */
  private String channel(ScramClientFirst begun) {
    byte[] header = SaslText.utf8(begun.gs2Header());
    byte @Nullable [] data = begun.bindingFlag() == 'p' ? bindingData(begun) : null;
    byte[] input = header;
    if (data != null) {
      input = Arrays.copyOf(header, header.length + data.length);
      System.arraycopy(data, 0, input, header.length, data.length);
    }
    return Base64.getEncoder().encodeToString(input);
  }

  private byte @Nullable [] decodeProof(String base64) {
    try {
      byte[] proof = Base64.getDecoder().decode(base64);
      return proof.length == hash.octets() ? proof : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private SaslStep verify(LoginAttempt attempt, ScramKeys keys, byte[] authMessage, byte[] proof)
      throws StoreException {
    byte[] signature = ScramCrypto.hmac(hash, keys.storedKey().reveal(), authMessage);
    byte[] clientKey = ScramCrypto.xor(proof, signature);
    Secret storedKey = Secret.of(ScramCrypto.digest(hash, clientKey));
    if (!storedKey.equals(keys.storedKey())) {
      return denied("wrong proof or unknown user");
    }
    SaslStep step = PasswordCheck.step(context.authenticator().authorize(attempt), attempt);
    if (!(step instanceof SaslStep.Granted granted)) {
      return step;
    }
    byte[] serverSignature = ScramCrypto.hmac(hash, keys.serverKey().reveal(), authMessage);
    String last = "v=" + Base64.getEncoder().encodeToString(serverSignature);
    return new SaslStep.Granted(granted.identity(), last.getBytes(StandardCharsets.US_ASCII));
  }
}
