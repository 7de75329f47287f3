package org.posthorn.mime;

import java.util.List;

/**
 * A Content-Disposition (RFC 2183).
 *
 * @param type as written, for example {@code attachment}
 * @param parameters in their order
 */
public record Disposition(Octets type, List<Parameter> parameters) {

  /** Keeps an immutable copy of the list. */
  public Disposition {
    parameters = List.copyOf(parameters);
  }
}
