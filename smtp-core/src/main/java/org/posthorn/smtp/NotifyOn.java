package org.posthorn.smtp;

/** When the sender wants to hear about a recipient (RFC 3461 section 4.1); none of them: NEVER. */
public enum NotifyOn {
  SUCCESS,
  FAILURE,
  DELAY
}
