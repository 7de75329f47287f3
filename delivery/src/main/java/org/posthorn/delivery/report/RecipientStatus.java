package org.posthorn.delivery.report;

import java.util.Optional;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.Verdict;

/**
 * What became of a message for one recipient.
 *
 * @param recipient with the parameters that it came with
 * @param verdict why, in the words of the server that decided
 * @param remote the name of that server where it was another one
 */
public record RecipientStatus(
    Recipient recipient, StatusAction action, Verdict verdict, Optional<String> remote) {
  /** Decided here. */
  public static RecipientStatus here(Recipient recipient, StatusAction action, Verdict verdict) {
    return new RecipientStatus(recipient, action, verdict, Optional.empty());
  }

  public boolean wanted() {
    return action.wantedFor(recipient);
  }
}
