package org.posthorn.protocol;

import java.time.Instant;

/** Hears events. Called by many threads; must be quick and must not throw. */
@FunctionalInterface
public interface EventListener {
  void on(Instant when, String protocol, ConnectionInfo connection, Event event);

  /** This one, then the other. */
  default EventListener and(EventListener other) {
    return (when, protocol, connection, event) -> {
      on(when, protocol, connection, event);
      other.on(when, protocol, connection, event);
    };
  }
}
