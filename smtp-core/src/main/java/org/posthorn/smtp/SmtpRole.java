package org.posthorn.smtp;

/** In which role an engine speaks SMTP. */
public enum SmtpRole {
  /** Takes mail for local domains without AUTH. */
  MX,
  /** RFC 6409: takes mail from users, AUTH required. */
  SUBMISSION,
  /** RFC 2033: an answer for every recipient. */
  LMTP
}
