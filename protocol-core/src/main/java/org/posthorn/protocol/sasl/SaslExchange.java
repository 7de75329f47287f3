package org.posthorn.protocol.sasl;

import org.jspecify.annotations.Nullable;

/** One authentication under way, fed line by line. Confined like the engine that holds it. */
public interface SaslExchange {
  /**
   * Takes the next message of the client.
   *
   * @param response what the client sent, already out of base64; null at the beginning when there
   *     was no initial response
   */
  SaslStep next(byte @Nullable [] response);
}
