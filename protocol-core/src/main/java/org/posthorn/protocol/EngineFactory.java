package org.posthorn.protocol;

/**
 * Makes the engines of one service (an IMAP service, a submission service …) with its
 * configuration. Thread-safe.
 */
public interface EngineFactory {
  /** For logs and events: imap, pop3, smtp, submission, lmtp. */
  String protocol();

  Engine create(ConnectionInfo connection);

  /**
   * Whether calls of {@link Lane#BLOCKING} wait in native code, as those of some stores do, so that
   * they are not to be run on virtual threads. The same answer every time.
   */
  default boolean blocksInNativeCode() {
    return false;
  }

  /**
   * Whether calls of {@link Lane#STORE} are answered at once, from memory, so that they run on the
   * connection's own thread. The same answer every time.
   */
  default boolean answersAtOnce() {
    return false;
  }

  /** Why a connection gets no engine. */
  enum TurnedAway {
    TOO_MANY_CONNECTIONS,
    STOPPING
  }

  /**
   * The last words to a connection that gets no engine, instead of a greeting: US-ASCII with its
   * line end. Not sent where TLS would have to come first.
   */
  default String farewell(TurnedAway why) {
    return "";
  }
}
