package org.posthorn.protocol.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Secret;
import org.posthorn.store.StoreException;

/**
 * CRAM-MD5, RFC 2195: for old clients only. It needs the passwords themselves and does not prove
 * the server, so no policy has it unless it is put there.
 */
public final class CramMd5Mechanism implements SaslMechanism {
  private static final String NAME = "CRAM-MD5";
  private static final String HMAC = "HmacMD5";
  private static final int CHALLENGE_OCTETS = 16;

  /** Stateless. */
  public CramMd5Mechanism() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean revealsSecret() {
    return false;
  }

  @Override
  public boolean available(SaslContext context) {
    return context.authenticator().keepsPasswords();
  }

  @Override
  public boolean serverFirst() {
    return true;
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    byte[] random = Arrays.copyOf(context.entropy(), CHALLENGE_OCTETS);
    String challenge = "<" + HexFormat.of().formatHex(random) + "@" + context.hostname() + ">";
    return new Exchange(context, challenge.getBytes(StandardCharsets.UTF_8));
  }

  private static final class Exchange implements SaslExchange {
    private final SaslContext context;
    private final byte[] challenge;
    private boolean asked;

    Exchange(SaslContext context, byte[] challenge) {
      this.context = context;
      this.challenge = challenge;
    }

    @Override
    public SaslStep next(byte @Nullable [] response) {
      if (response == null) {
        asked = true;
        return new SaslStep.Challenge(challenge.clone());
      }
      if (!asked) {
        return new SaslStep.Malformed("the server speaks first");
      }
      @Nullable String text = SaslText.decode(response, 0, response.length);
      int space = text == null ? -1 : text.lastIndexOf(' ');
      if (text == null || space < 1) {
        return new SaslStep.Malformed("not a name and a digest");
      }
      SaslNames names = SaslNames.prepared(text.substring(0, space), "");
      if (names == null) {
        return SaslNames.refused(context, NAME, text.substring(0, space));
      }
      String digest = text.substring(space + 1);
      LoginAttempt attempt = context.attempt(NAME, names.authenticationId(), "");
      return new SaslStep.Decide(
          new DecisionCall(context.authenticator().lane(), NAME, () -> decide(attempt, digest)),
          attempt);
    }

    private SaslStep decide(LoginAttempt attempt, String digest) throws StoreException {
      Authenticator authenticator = context.authenticator();
      Optional<Secret> password = authenticator.password(attempt.authenticationId());
      byte[] key = password.orElseGet(ScramDecoy::randomSecret).reveal();
      byte[] expected = SaslText.utf8(HexFormat.of().formatHex(hmac(key, challenge)));
      if (!MessageDigest.isEqual(expected, SaslText.utf8(digest)) || password.isEmpty()) {
        return new SaslStep.Denied(
            LoginDecision.Reason.CREDENTIALS,
            "wrong digest or unknown user",
            attempt.authenticationId());
      }
      return PasswordCheck.step(authenticator.authorize(attempt), attempt);
    }

    private static byte[] hmac(byte[] key, byte[] text) {
      try {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, HMAC));
        return mac.doFinal(text);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this JDK has no " + HMAC, e);
      }
    }
  }
}
