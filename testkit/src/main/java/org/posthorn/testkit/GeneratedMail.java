package org.posthorn.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A message that {@link MailGenerator} makes; the same one every time. */
public interface GeneratedMail {

  /** What it is and how to get it again, for failure messages. */
  String name();

  /** How many octets it has. */
  long size();

  /** Reads it from its begin; any number of times. */
  InputStream open();

  /**
   * The whole of it in a new array.
   *
   * @throws OutOfMemoryError if it is one of the huge ones
   */
  default byte[] octets() {
    try (InputStream in = open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
