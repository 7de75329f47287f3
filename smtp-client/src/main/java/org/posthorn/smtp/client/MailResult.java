package org.posthorn.smtp.client;

import java.util.List;
import org.posthorn.smtp.Verdict;

/**
 * What became of a {@link MailOrder}.
 *
 * @param verdicts one for each recipient, in order; what went wrong with the connection is a
 *     temporary one
 * @param statusPassedOn whether the server took the sender's wishes of RFC 3461
 */
public record MailResult(List<Verdict> verdicts, boolean statusPassedOn) {
  public MailResult {
    verdicts = List.copyOf(verdicts);
  }
}
