package org.posthorn.testkit.transcript;

import java.io.IOException;

/** Where the connections of one run of a transcript come from. */
public interface Wires extends AutoCloseable {
  /**
   * Connects.
   *
   * @param session as in {@code C2:}, from 1
   */
  Wire open(int session) throws IOException;

  /** Whether {@code @name} can be done here; a transcript that needs more is not run. */
  boolean supports(String name);

  /** Does what an {@code @name argument} line asks for. */
  void directive(String name, String argument) throws IOException;

  /** Whether all output is there at once, so that output nobody expects can be told. */
  boolean immediate();

  @Override
  void close() throws IOException;
}
