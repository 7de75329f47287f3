package org.posthorn.relay;

import java.time.Instant;
import java.util.List;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;

/**
 * A message in the queue and those of its recipients that are to be tried together.
 *
 * @param delayTold whether the sender was told that it takes longer
 */
record QueuedMail(
    long id,
    ReversePath sender,
    MailParameters parameters,
    Instant arrived,
    long size,
    boolean delayTold,
    String destination,
    List<Waiting> recipients) {
  QueuedMail {
    recipients = List.copyOf(recipients);
  }

  /** A recipient that has not got it yet. */
  record Waiting(long id, Recipient recipient, int attempts) {}
}
