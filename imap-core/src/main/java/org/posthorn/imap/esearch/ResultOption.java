package org.posthorn.imap.esearch;

import org.jspecify.annotations.Nullable;

/** A result option without arguments: RFC 4466: search-return-opt. */
public enum ResultOption {
  MIN(null),
  MAX(null),
  ALL(null),
  COUNT(null),
  /** RFC 5182: the result is remembered as {@code $}. */
  SAVE("SEARCHRES"),
  /** RFC 6203: how relevant each message is. */
  RELEVANCY("SEARCH=FUZZY");

  private final @Nullable String extension;

  ResultOption(@Nullable String extension) {
    this.extension = extension;
  }

  /** The extension that brings it; null for those of ESEARCH itself. */
  @Nullable String extension() {
    return extension;
  }
}
