package org.posthorn.smtp.facet;

import java.util.List;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/**
 * Answers VRFY and EXPN (RFC 5321 section 3.5). Without it both are answered with 252. Thread-safe;
 * runs on the blocking lane.
 */
public interface AddressLookup {
  /** What the engine says where nobody is to know who is a user here. */
  Verdict UNVERIFIED =
      new Verdict(252, "2.5.2", "Cannot verify, but will take messages and try to deliver");

  /**
   * VRFY.
   *
   * @param name what stood behind the verb, without SMTPUTF8
   * @return such as 250 with the mailbox in angle brackets, 252, 550 or 553
   */
  Verdict verify(SmtpPeer peer, String name) throws StoreException;

  /**
   * EXPN.
   *
   * @return the members, each a line of a 250 reply; or one refusal
   */
  default List<Verdict> expand(SmtpPeer peer, String list) throws StoreException {
    return List.of(UNVERIFIED);
  }
}
