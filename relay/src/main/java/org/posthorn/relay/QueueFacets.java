package org.posthorn.relay;

import java.time.Duration;
import java.util.Optional;
import org.posthorn.smtp.facet.DeliveryDeadlines;
import org.posthorn.smtp.facet.FutureRelease;
import org.posthorn.smtp.facet.Priorities;
import org.posthorn.smtp.facet.RecipientValidity;
import org.posthorn.smtp.facet.TlsPromise;

/** What the queue can do besides taking mail. */
final class QueueFacets {
  private static final DeliveryDeadlines DEADLINES = new DeliveryDeadlines() {};
  private static final Priorities PRIORITIES = new Priorities() {};
  private static final RecipientValidity VALIDITY = new RecipientValidity() {};
  private static final TlsPromise TLS = new TlsPromise() {};

  private final Duration longestHold;
  private final boolean tlsPromise;

  /**
   * @param longestHold zero where nothing is held
   * @param tlsPromise whether any way keeps the promise of RFC 8689
   */
  QueueFacets(Duration longestHold, boolean tlsPromise) {
    this.longestHold = longestHold;
    this.tlsPromise = tlsPromise;
  }

  <F> Optional<F> find(Class<F> type) {
    Object facet = null;
    if (type == DeliveryDeadlines.class) {
      facet = DEADLINES;
    } else if (type == Priorities.class) {
      facet = PRIORITIES;
    } else if (type == RecipientValidity.class) {
      facet = VALIDITY;
    } else if (type == TlsPromise.class && tlsPromise) {
      facet = TLS;
    } else if (type == FutureRelease.class && !longestHold.isZero()) {
      FutureRelease hold = () -> longestHold;
      facet = hold;
    }
    return Optional.ofNullable(facet).map(type::cast);
  }
}
