package org.posthorn.imap.search;

import java.util.Arrays;

/** How relevant the messages of a result are (RFC 6203 section 4), by their place. Immutable. */
public final class Scores {
  /** Of a result without scores. */
  public static final Scores NONE = new Scores(new byte[0]);

  private final byte[] scores;

  /** Takes the array over: 1 to 100 for each message. */
  Scores(byte[] scores) {
    this.scores = scores;
  }

  /** The score of the message in this place of the result, from 0. */
  public int at(long place) {
    return scores[(int) place];
  }

  /** Those of these messages, and of others behind them. */
  public Scores then(Scores more) {
    byte[] all = Arrays.copyOf(scores, scores.length + more.scores.length);
    System.arraycopy(more.scores, 0, all, scores.length, more.scores.length);
    return new Scores(all);
  }
}
