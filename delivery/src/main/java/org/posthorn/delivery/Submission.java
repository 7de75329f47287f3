package org.posthorn.delivery;

import java.util.List;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;

/** The envelope of a message that comes in. */
record Submission(
    SmtpPeer peer, ReversePath sender, MailParameters parameters, List<Target> targets) {
  Submission {
    targets = List.copyOf(targets);
  }

  Submission withTargets(List<Target> some) {
    return new Submission(peer, sender, parameters, some);
  }

  Submission withBody(String kind) {
    return new Submission(peer, sender, parameters.with("BODY", kind), targets);
  }
}
