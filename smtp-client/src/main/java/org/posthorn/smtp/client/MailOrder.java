package org.posthorn.smtp.client;

import java.util.List;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;

/**
 * The envelope of a message to send.
 *
 * @param parameters BODY and SMTPUTF8 say what the message needs; RET and ENVID are passed on where
 *     the server takes them
 * @param recipients at least one; NOTIFY and ORCPT are passed on where the server takes them
 * @param size octets of content
 */
public record MailOrder(
    ReversePath sender, MailParameters parameters, List<Recipient> recipients, long size) {
  public MailOrder {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty() || size < 0) {
      throw new IllegalArgumentException("an envelope without recipients");
    }
  }
}
