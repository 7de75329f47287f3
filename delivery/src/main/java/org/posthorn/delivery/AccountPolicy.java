package org.posthorn.delivery;

import java.util.Optional;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/** Whether an account takes a message, said at RCPT. Thread-safe; may block. */
@FunctionalInterface
public interface AccountPolicy {
  AccountPolicy TAKES_ALL = (peer, sender, account) -> Optional.empty();

  /** Why not, such as 550 5.2.1 for an account that is disabled; empty when it does. */
  Optional<Verdict> refusal(SmtpPeer peer, ReversePath sender, String account)
      throws StoreException;

  /** What this policy refuses, and then what another one does. */
  default AccountPolicy and(AccountPolicy next) {
    return (peer, sender, account) -> {
      Optional<Verdict> refused = refusal(peer, sender, account);
      return refused.isPresent() ? refused : next.refusal(peer, sender, account);
    };
  }
}
