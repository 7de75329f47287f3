package org.posthorn.protocol;

/**
 * How far a call is, as it said itself.
 *
 * @param done items done so far; negative when unknown
 * @param goal items to do; 0 when unknown
 */
public record CallProgress(long done, long goal) {
  /** The call has said nothing. */
  public static final CallProgress UNKNOWN = new CallProgress(-1, 0);
}
