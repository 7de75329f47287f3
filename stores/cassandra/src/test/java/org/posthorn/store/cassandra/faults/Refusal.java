package org.posthorn.store.cassandra.faults;

import java.io.IOException;

/** The server answered, but not with OK. */
final class Refusal extends IOException {
  private static final long serialVersionUID = 1;

  Refusal(String answer) {
    super(answer);
  }
}
