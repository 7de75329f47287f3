package org.posthorn.delivery;

import java.util.List;
import java.util.Optional;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Takes mail for other servers. Thread-safe; may block. */
public interface Relay {
  /** Asked at RCPT, only for clients that may relay and for what users here want forwarded. */
  Verdict recipient(SmtpPeer peer, ReversePath sender, Recipient recipient) throws StoreException;

  /**
   * Takes responsibility for all of the messages or for none: the forms in which one message goes
   * to other servers. A positive answer means that they are durably kept or were passed on already.
   */
  Verdict send(List<Dispatch> messages) throws StoreException;

  /**
   * An optional ability, of {@code org.posthorn.smtp.facet}: an EHLO keyword that needs one is
   * announced only where the relay has it. The same answer every time; must not block.
   */
  default <F> Optional<F> facet(Class<F> type) {
    return Optional.empty();
  }

  /** Relays nothing and says so. */
  Relay REFUSING =
      new Relay() {
        private static final Verdict REFUSAL =
            new Verdict(550, "5.7.1", "This server does not send mail to other domains");

        @Override
        public Verdict recipient(SmtpPeer peer, ReversePath sender, Recipient recipient) {
          return REFUSAL;
        }

        @Override
        public Verdict send(List<Dispatch> messages) {
          return REFUSAL;
        }
      };
}
