package org.posthorn.delivery.response;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.posthorn.smtp.Address;

/**
 * A user's automatic answer.
 *
 * @param own addresses of the user; a message that names none of them is not answered. The first
 *     address a message was delivered to is always one of them
 * @param subject of the answer; empty for the message's own subject behind "Auto:"
 * @param text of the answer, lines ended as wanted
 * @param begins the first moment at which mail is answered
 * @param ends the first moment at which it is not any more
 * @param period for which one sender gets no second answer
 */
public record Vacation(
    Set<Address> own, String subject, String text, Instant begins, Instant ends, Duration period) {
  /** RFC 5230 section 4.1 proposes seven days. */
  public static final Duration PERIOD = Duration.ofDays(7);

  public Vacation {
    own = Set.copyOf(own);
    if (subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a subject is one line");
    }
    if (period.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("the period is too short");
    }
  }

  /** An answer from now on, until it is taken away. */
  public static Vacation of(String subject, String text) {
    return new Vacation(Set.of(), subject, text, Instant.MIN, Instant.MAX, PERIOD);
  }

  boolean holds(Instant now) {
    return !now.isBefore(begins) && now.isBefore(ends);
  }
}
