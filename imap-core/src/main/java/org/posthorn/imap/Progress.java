package org.posthorn.imap;

import java.time.Duration;

/**
 * RFC 9585: tells a client that waits long how far its command is. Never sooner than {@link
 * #INTERVAL} after the command began or was told of last.
 */
public final class Progress {
  /** RFC 9585 section 3.2: 10 to 15 seconds. */
  static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Session session;
  private final long goal;
  private long lastWord;

  /**
   * Begins to count the time.
   *
   * @param goal when {@code done} reaches it, the command ends; greater than 0
   */
  public Progress(Session session, long goal) {
    this.session = session;
    this.goal = goal;
    this.lastWord = session.effects().nanoTime();
  }

  /** The command is so far; told if it is time. Not to be called within another response. */
  public void done(long done) {
    long now = session.effects().nanoTime();
    if (now - lastWord >= INTERVAL.toNanos() && session.service().registry().has("INPROGRESS")) {
      lastWord = now;
      session.untagged(
          Status.OK,
          out ->
              out.words("INPROGRESS (")
                  .string(session.tag())
                  .sp()
                  .number(Math.min(done, goal))
                  .sp()
                  .number(goal)
                  .close(),
          "Still at it");
    }
  }
}
