package org.posthorn.delivery;

import java.util.List;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;

/**
 * A message for other servers.
 *
 * @param recipients with the parameters that they came with (NOTIFY, ORCPT)
 * @param header our own header fields, to be sent before the content
 * @param content readable until the call that it is given to returns
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never changed
public record Dispatch(
    ReversePath sender,
    MailParameters parameters,
    List<Recipient> recipients,
    byte[] header,
    Spool content) {
  public Dispatch {
    recipients = List.copyOf(recipients);
  }

  /** Octets of the whole message. */
  public long size() {
    return header.length + content.size();
  }
}
