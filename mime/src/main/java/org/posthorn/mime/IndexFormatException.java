package org.posthorn.mime;

/**
 * The octets are no stored {@link MessageIndex} of a version that is known here: damaged, cut off,
 * or of another version.
 */
public final class IndexFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  IndexFormatException(String message) {
    super(message);
  }
}
