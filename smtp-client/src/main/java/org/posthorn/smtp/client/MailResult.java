package org.posthorn.smtp.client;

import java.util.List;
import org.posthorn.smtp.Verdict;

/**
 * What became of a {@link MailOrder}.
 *
 * @param verdicts one for each recipient, in order; what went wrong with the connection is a
 *     temporary one
 * @param begun whether the server took MAIL; where not, it may be asked again over a new connection
 * @param server what it had announced: a wish whose keyword is there was passed on
 */
public record MailResult(List<Verdict> verdicts, boolean begun, ServerAbilities server) {
  public MailResult {
    verdicts = List.copyOf(verdicts);
  }

  /** Whether the server took the sender's wishes of RFC 3461. */
  public boolean statusPassedOn() {
    return server.has("DSN");
  }

  /** Whether the server took the time of RFC 2852. */
  public boolean deadlinePassedOn() {
    return server.has("DELIVERBY");
  }
}
