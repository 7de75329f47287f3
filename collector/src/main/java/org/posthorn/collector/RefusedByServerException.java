package org.posthorn.collector;

import java.io.IOException;

/** A server refused a command about one message; the connection and the others are well. */
final class RefusedByServerException extends IOException {
  private static final long serialVersionUID = 1L;

  RefusedByServerException(String what) {
    super(what);
  }
}
