package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Identifiers that are never given twice (RFC 8474 section 4): a letter for the kind, 32 digits.
 */
final class Ids {
  private Ids() {}

  static String mailbox() {
    return text('F', Uuids.random());
  }

  static String thread() {
    return text('T', Uuids.random());
  }

  /** The EMAILID of whatever has this body. */
  static String email(UUID body) {
    return text('M', body);
  }

  /** Tells one mutation from all others. */
  static UUID token() {
    return Uuids.random();
  }

  /** The number of a MOVE. */
  static long move() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }

  private static String text(char kind, UUID id) {
    return kind + id.toString().replace("-", "");
  }
}
