package org.posthorn.pop3;

/**
 * Stuffs messages as RETR does: for the benchmarks, in this package because the class that does it
 * is not public.
 */
public final class StuffedContent {
  private final DotStuffer stuffer = new DotStuffer();

  /** How many octets go out for a slice, which begins a message. */
  public int stuff(byte[] slice) {
    stuffer.take(slice, slice.length);
    int length = stuffer.length();
    stuffer.end();
    return length + stuffer.length();
  }
}
