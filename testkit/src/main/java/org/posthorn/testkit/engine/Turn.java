package org.posthorn.testkit.engine;

import org.posthorn.protocol.Demand;

/** The calls that {@link Demand} has rules for. */
enum Turn {
  RECEIVE(Demand.INPUT),
  WRITABLE(Demand.DRAIN),
  RESUME(Demand.COMPLETION),
  TLS_ESTABLISHED(Demand.TLS);

  private final Demand demand;

  Turn(Demand demand) {
    this.demand = demand;
  }

  void requireLegal(Demand now) {
    boolean late = this == RESUME && now == Demand.CLOSED;
    if (now != demand && !late) {
      throw new IllegalStateException(this + " is not legal at demand " + now);
    }
  }
}
