package org.posthorn.delivery.check;

import java.util.List;
import org.posthorn.delivery.Spool;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Where mail goes that nobody is to get before somebody looked at it. Thread-safe; may block. */
@FunctionalInterface
public interface Quarantine {
  /**
   * Keeps a message; a positive answer means that it is durably kept.
   *
   * @param content readable until this method returns
   */
  Verdict keep(
      SmtpPeer peer, ReversePath sender, List<Recipient> recipients, String reason, Spool content)
      throws StoreException;

  /** Keeps nothing: such mail is refused. */
  Quarantine REFUSING =
      (peer, sender, recipients, reason, content) ->
          new Verdict(550, "5.7.1", "Message not wanted here");
}
