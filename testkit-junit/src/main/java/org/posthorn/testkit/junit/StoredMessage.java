package org.posthorn.testkit.junit;

import java.nio.charset.StandardCharsets;
import org.posthorn.store.Flags;

/** A message as it lies in a mailbox. */
public final class StoredMessage {
  private final long uid;
  private final Flags flags;
  private final byte[] octets;

  StoredMessage(long uid, Flags flags, byte[] octets) {
    this.uid = uid;
    this.flags = flags;
    this.octets = octets;
  }

  /** As IMAP's UID. */
  public long uid() {
    return uid;
  }

  public Flags flags() {
    return flags;
  }

  /** All of it, header and body, with CRLF; a copy. */
  public byte[] octets() {
    return octets.clone();
  }

  /** The same as UTF-8; what is not UTF-8 becomes U+FFFD. */
  public String text() {
    return new String(octets, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return text();
  }
}
