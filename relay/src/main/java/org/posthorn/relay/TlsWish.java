package org.posthorn.relay;

import java.util.List;
import org.posthorn.delivery.MessageHeader;
import org.posthorn.store.StoreException;

/** What a message's own header says of TLS (RFC 8689 section 3). */
final class TlsWish {
  private TlsWish() {}

  /**
   * Whether it says {@code TLS-Required: No}. With several fields, or another value, it is as if
   * there were none; REQUIRETLS in the envelope goes before it.
   */
  static boolean isOptional(QueuedMail mail, Queue queue) throws StoreException {
    if (mail.parameters().requireTls()) {
      return false;
    }
    byte[] beginning = queue.chunk(mail.id(), 0);
    if (beginning == null) {
      return false;
    }
    List<String> said = MessageHeader.of(beginning).all("TLS-Required");
    return said.size() == 1 && said.get(0).strip().equalsIgnoreCase("no");
  }
}
