package org.posthorn.testkit.junit;

/** What a test can connect to. */
public enum MailPort {
  /** IMAP, with STARTTLS. */
  IMAP(false),
  /** IMAP over TLS. */
  IMAPS(true),
  /** POP3, with STLS. */
  POP3(false),
  /** POP3 over TLS. */
  POP3S(true),
  /** Submission, with STARTTLS; AUTH is needed. */
  SUBMISSION(false),
  /** Submission over TLS; AUTH is needed. */
  SUBMISSIONS(true),
  /** SMTP for the local domains, without AUTH; with STARTTLS. */
  SMTP(false),
  /** LMTP for the local domains; with STARTTLS. */
  LMTP(false);

  private final boolean implicitTls;

  MailPort(boolean implicitTls) {
    this.implicitTls = implicitTls;
  }

  /** Whether TLS begins with the connection. */
  public boolean implicitTls() {
    return implicitTls;
  }
}
