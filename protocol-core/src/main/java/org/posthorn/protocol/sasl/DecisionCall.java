package org.posthorn.protocol.sasl;

import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.StoreException;

/** A part of an exchange that needs the user database, on its lane. */
record DecisionCall(Lane lane, String mechanism, Body body) implements StoreCall<SaslStep> {
  /** What is to be done. */
  interface Body {
    SaslStep run() throws StoreException;
  }

  @Override
  public SaslStep invoke(CallContext context) throws StoreException {
    return body.run();
  }

  @Override
  public String toString() {
    return mechanism;
  }
}
