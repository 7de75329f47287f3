package org.posthorn.protocol.sasl;

import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Identity;
import org.posthorn.store.StoreException;

/** What a protocol has to do next in a {@link SaslDialogue}. */
public sealed interface SaslTurn {
  /**
   * Send this after {@code + } or {@code 334 } and give the next line to {@link
   * SaslDialogue#answer}.
   *
   * @param base64 may be empty
   */
  record Challenge(String base64) implements SaslTurn {}

  /**
   * Have this done by {@link LoginQueue} and give its outcome to {@link SaslDialogue#resumed}.
   *
   * @param attempt the login that the work decides; null when it decides none
   */
  record Work(StoreCall<SaslStep> call, @Nullable LoginAttempt attempt) implements SaslTurn {}

  /** Done: logged in. */
  record LoggedIn(Identity identity) implements SaslTurn {}

  /**
   * Done: refused.
   *
   * @param detail for logs, never for the client
   * @param user as claimed, where it came so far
   */
  record Refused(LoginDecision.Reason reason, String detail, @Nullable String user)
      implements SaslTurn {}

  /** Done: what the client sent breaks base64 or the mechanism's grammar. */
  record Malformed(String detail) implements SaslTurn {}

  /** Done: the client's line was too long (RFC 4954 section 4 has a reply of its own for it). */
  record TooLong() implements SaslTurn {}

  /** Done: the client sent {@code *}. */
  record Cancelled() implements SaslTurn {}

  /** Done: the user database could not answer. */
  record Failed(StoreException why) implements SaslTurn {}
}
