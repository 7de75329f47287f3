package org.posthorn.smtp.facet;

import java.time.Duration;

/** RFC 2852: the handler gives up, or tells the sender, at the time that the client named. */
public interface DeliveryDeadlines {
  /** The shortest time that mail may be asked to be returned after; zero where there is none. */
  default Duration shortest() {
    return Duration.ZERO;
  }
}
