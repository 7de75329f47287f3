package org.posthorn.delivery;

import java.util.List;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Takes mail for other servers. Thread-safe; may block. */
public interface Relay {
  /** Asked at RCPT, only for clients that may relay. */
  Verdict recipient(SmtpPeer peer, ReversePath sender, Recipient recipient) throws StoreException;

  /**
   * Takes responsibility for a message. A positive answer means that it is durably kept or was
   * passed on already.
   *
   * @param header our own header fields, to be sent before the content
   * @param content readable until this method returns
   */
  Verdict send(
      SmtpPeer peer,
      ReversePath sender,
      MailParameters parameters,
      List<Recipient> recipients,
      byte[] header,
      Spool content)
      throws StoreException;

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
        public Verdict send(
            SmtpPeer peer,
            ReversePath sender,
            MailParameters parameters,
            List<Recipient> recipients,
            byte[] header,
            Spool content) {
          return REFUSAL;
        }
      };
}
