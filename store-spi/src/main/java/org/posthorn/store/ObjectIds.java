package org.posthorn.store;

/**
 * Facet: rows have the THREADID of RFC 8474 section 5.2 beside the EMAILID that every store gives
 * ({@link Item#IDS}). A message gets it when it is saved and keeps it; copies have the same. A
 * message belongs to the thread of a message of the same account that it names in References or
 * In-Reply-To, or that named it; else it begins a thread.
 */
public interface ObjectIds {
  /** Message-IDs that are looked at in one message, the latest references first. */
  int MAX_REFERENCES = 64;
}
