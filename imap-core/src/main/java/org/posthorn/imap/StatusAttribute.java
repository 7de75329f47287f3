package org.posthorn.imap;

import java.util.Set;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.StatusItem;

/** One item of STATUS (RFC 9051: status-att), which an extension may bring. Stateless. */
public interface StatusAttribute {
  /** What the store has to tell for it. */
  Set<StatusItem> items();

  /** Writes the value. */
  void write(MailboxStatus status, Session session, ResponseEncoder out);

  /** The client asked for it, which may switch something on (RFC 7162 section 3.1). */
  default void asked(Session session) {}

  /** A number that the store counts. */
  static StatusAttribute counter(StatusItem item) {
    return new Counter(item);
  }

  /** A number that the store counts. */
  record Counter(StatusItem item) implements StatusAttribute {
    @Override
    public Set<StatusItem> items() {
      return Set.of(item);
    }

    @Override
    public void write(MailboxStatus status, Session session, ResponseEncoder out) {
      out.number(status.get(item));
    }
  }
}
