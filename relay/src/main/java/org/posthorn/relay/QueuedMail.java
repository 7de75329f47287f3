package org.posthorn.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;

/**
 * A message in the queue and those of its recipients that are to be tried together.
 *
 * @param released when it might be sent first; from then on it grows old
 * @param delayTold whether the sender was told that it takes longer
 * @param deadlineTold whether the sender was told that it is later than was asked for
 */
record QueuedMail(
    long id,
    ReversePath sender,
    MailParameters parameters,
    Instant arrived,
    Instant released,
    long size,
    boolean delayTold,
    boolean deadlineTold,
    String destination,
    List<Waiting> recipients) {
  QueuedMail {
    recipients = List.copyOf(recipients);
  }

  /** A recipient that has not got it yet. */
  record Waiting(long id, Recipient recipient, int attempts) {}

  /** RFC 2852: when it is to be delivered by. */
  Optional<Instant> deadline() {
    return parameters.deliverBy().map(by -> by.deadline(arrived));
  }

  /** Whether that time is over. */
  boolean overdue(Instant now) {
    return deadline().filter(deadline -> !now.isBefore(deadline)).isPresent();
  }

  /** Whether it is to be given up by now (RFC 2852 section 4.1.3). */
  boolean toBeReturned(Instant now) {
    return overdue(now) && parameters.deliverBy().orElseThrow().returned();
  }

  /**
   * The parameters with which it goes on: what was held is held no longer, and of the time to
   * deliver there is only what is left (RFC 2852 section 4.1.4). Not for what is {@link
   * #toBeReturned}.
   */
  MailParameters onward(Instant now) {
    Map<String, String> values = new HashMap<>(parameters.values());
    values.remove("HOLDFOR");
    values.remove("HOLDUNTIL");
    parameters
        .deliverBy()
        .ifPresent(by -> values.put("BY", by.after(Duration.between(arrived, now)).toString()));
    return new MailParameters(values);
  }
}
