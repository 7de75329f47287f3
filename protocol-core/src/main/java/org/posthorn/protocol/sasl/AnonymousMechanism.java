package org.posthorn.protocol.sasl;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.Lane;
import org.posthorn.store.Identity;
import org.posthorn.store.Role;

/**
 * ANONYMOUS, RFC 4505: guests without a password, all in one account. What they say of themselves
 * is told in {@link Identity#authenticatedAs()}, behind {@code anonymous}. No policy has it unless
 * it is put there.
 */
public final class AnonymousMechanism implements SaslMechanism {
  private static final String NAME = "ANONYMOUS";

  /** RFC 4505 section 2: 1 to 255 characters. */
  private static final int MAX_TRACE = 255;

  private final String account;

  /**
   * Guests see this account.
   *
   * @param account exists in the store
   */
  public AnonymousMechanism(String account) {
    this.account = Objects.requireNonNull(account);
  }

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
    return true;
  }

  @Override
  public SaslExchange begin(SaslContext context) {
    return response ->
        response == null ? new SaslStep.Challenge(new byte[0]) : answer(context, response);
  }

  private SaslStep answer(SaslContext context, byte[] response) {
    @Nullable String trace = SaslText.decode(response, 0, response.length);
    if (trace == null
        || trace.codePointCount(0, trace.length()) > MAX_TRACE
        || trace.codePoints().anyMatch(Character::isISOControl)) {
      return new SaslStep.Malformed("not a trace of at most 255 characters");
    }
    String guest = trace.isEmpty() ? "anonymous" : "anonymous " + trace;
    Identity identity = new Identity(account, guest, Role.OWNER);
    return new SaslStep.Decide(
        new DecisionCall(Lane.INLINE, NAME, () -> new SaslStep.Granted(identity, null)),
        context.attempt(NAME, "anonymous", ""));
  }
}
