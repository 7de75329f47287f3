package org.posthorn.protocol.sasl;

import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Identity;

/** What an exchange wants next. */
@SuppressWarnings("ArrayRecordComponent") // handed over, never changed
public sealed interface SaslStep {
  /** Send this and bring the answer. */
  record Challenge(byte[] octets) implements SaslStep {}

  /** Have something looked up, which decides nothing; its result is the step to go on with. */
  record Work(StoreCall<SaslStep> call) implements SaslStep {}

  /**
   * Have a login decided; its result is the step to go on with. It may be made to wait ({@link
   * LoginThrottle}).
   *
   * @param attempt whose name is empty where only the decision will tell it
   */
  record Decide(StoreCall<SaslStep> call, LoginAttempt attempt) implements SaslStep {}

  /**
   * Done: logged in.
   *
   * @param finalData server's last word where the mechanism has one; a protocol that cannot carry
   *     it with success sends it as a challenge and expects an empty response
   */
  record Granted(Identity identity, byte @Nullable [] finalData) implements SaslStep {}

  /**
   * Done: refused.
   *
   * @param user as claimed, where it came so far
   */
  record Denied(LoginDecision.Reason reason, String detail, @Nullable String user)
      implements SaslStep {}

  /**
   * The login is refused, and the mechanism wants this said before the end.
   *
   * @param last the challenge; the client answers it with something of no meaning
   */
  record DeniedLater(byte[] last, Denied denied) implements SaslStep {}

  /** The response breaks the mechanism's grammar: a syntax error, not a refusal. */
  record Malformed(String detail) implements SaslStep {}
}
