package org.posthorn.relay;

import java.time.Instant;
import java.util.List;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.MailParameters;

/**
 * What an attempt changes in the queue.
 *
 * @param done recipients that need nothing more
 * @param delayTold whether the sender is told now that it takes longer
 * @param deadlineTold whether the sender is told now that it is later than was asked for
 */
record Settlement(
    long message,
    List<Long> done,
    List<Retry> retries,
    boolean delayTold,
    boolean deadlineTold,
    List<Report> reports) {
  Settlement {
    done = List.copyOf(done);
    retries = List.copyOf(retries);
    reports = List.copyOf(reports);
  }

  /** Only a report, about mail that is not in the queue. */
  static Settlement of(Report report) {
    return new Settlement(0, List.of(), List.of(), false, false, List.of(report));
  }

  /** A recipient that is tried again. */
  record Retry(long recipient, Instant when, String reply) {}

  /** A notification for a sender. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never changed
  record Report(Address to, MailParameters parameters, byte[] octets) {}
}
