package org.posthorn.protocol;

/**
 * Makes the engines of one service (an IMAP service, a submission service …) with its
 * configuration. Thread-safe.
 */
public interface EngineFactory {
  /** For logs and events: imap, pop3, smtp, submission, lmtp. */
  String protocol();

  Engine create(ConnectionInfo connection);
}
