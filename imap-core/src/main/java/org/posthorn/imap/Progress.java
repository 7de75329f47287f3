package org.posthorn.imap;

import java.time.Duration;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.CallProgress;

/**
 * RFC 9585: tells a client that waits long how far its command is. Never sooner than {@link
 * #INTERVAL} after the command began or was told of last. One for all commands of a session.
 */
public final class Progress {
  /** RFC 9585 section 3.2: 10 to 15 seconds. */
  static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Session session;
  private CallProgress known = CallProgress.UNKNOWN;
  private long lastWord;

  Progress(Session session) {
    this.session = session;
  }

  /** A command begins. */
  void begin() {
    known = CallProgress.UNKNOWN;
    lastWord = session.effects().nanoTime();
  }

  /**
   * The command is so far; told if it is time. Not to be called within another response.
   *
   * @param goal when {@code done} reaches it, the command ends
   */
  public void at(long done, long goal) {
    known = new CallProgress(done, goal);
    if (session.effects().nanoTime() - wakeUp() >= 0) {
      tell(known);
    }
  }

  /** When {@link #tick} has something to do. */
  long wakeUp() {
    return lastWord + INTERVAL.toNanos();
  }

  /** Time passed while a call is outstanding; what it says itself is of one step of several. */
  void tick() {
    if (session.effects().nanoTime() - wakeUp() >= 0) {
      tell(known.equals(CallProgress.UNKNOWN) ? session.effects().progress() : known);
    }
  }

  private void tell(CallProgress now) {
    lastWord = session.effects().nanoTime();
    Octets tag = session.tag();
    if (tag.isEmpty()
        || !session.out().isAtLineStart()
        || !session.service().registry().has("INPROGRESS")) {
      return;
    }
    session.untagged(
        Status.OK,
        out -> {
          out.words("INPROGRESS (");
          // Within brackets a bracket would end them.
          if (tag.indexOf((byte) ']') >= 0) {
            out.nil();
          } else {
            out.string(tag);
          }
          out.sp();
          if (now.done() < 0) {
            out.nil().sp().nil();
          } else if (now.goal() <= now.done()) {
            out.number(now.done()).sp().nil();
          } else {
            out.number(now.done()).sp().number(now.goal());
          }
          out.close();
        },
        "Still at it");
  }
}
