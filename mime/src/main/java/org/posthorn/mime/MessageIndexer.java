package org.posthorn.mime;

import java.nio.ByteBuffer;

/**
 * Makes the {@link MessageIndex} of a message from its octets, which come in chunks of any size:
 * {@link #write} them all, then {@link #finish}. It passes over the octets once and keeps nothing
 * of the body. Content of whatever kind never makes it throw; the same octets give the same index
 * however they are cut. For one message and one thread at a time.
 */
public final class MessageIndexer {

  private long octets;

  /** With the {@linkplain MimeLimits#DEFAULTS default limits}. */
  public MessageIndexer() {
    this(MimeLimits.DEFAULTS);
  }

  /** With limits of one's own. */
  public MessageIndexer(MimeLimits limits) {}

  /**
   * Takes the next octets of the message; the buffer's position is moved to its limit.
   *
   * @throws IllegalStateException after {@link #finish}
   */
  public void write(ByteBuffer chunk) {
    octets += chunk.remaining();
    chunk.position(chunk.limit());
  }

  /** How many octets were taken so far. */
  public long octets() {
    return octets;
  }

  /**
   * Ends the message.
   *
   * @throws IllegalStateException if it was called before
   */
  public MessageIndex finish() {
    return new MessageIndex(octets);
  }
}
