package org.posthorn.examples;

import java.time.Duration;
import org.posthorn.delivery.check.CheckedHandler;
import org.posthorn.delivery.check.ClamdChecker;
import org.posthorn.delivery.check.Endpoint;
import org.posthorn.delivery.check.RspamdChecker;
import org.posthorn.delivery.check.SpamdChecker;
import org.posthorn.delivery.milter.MilterChecker;
import org.posthorn.smtp.MailHandler;

/** What mail has to pass before it is delivered. */
final class Checks {
  private Checks() {}

  /** Behind the checkers that were asked for, if any. */
  static MailHandler before(MailHandler delivery, ServeOptions options) {
    boolean none =
        options.milters.isEmpty()
            && options.clamd == null
            && options.rspamd == null
            && options.spamd == null;
    if (none) {
      return delivery;
    }
    CheckedHandler.Builder checked = CheckedHandler.before(delivery);
    for (String milter : options.milters) {
      checked.checker(new MilterChecker(Endpoint.of(milter), options.hostname));
    }
    if (options.clamd != null) {
      checked.checker(new ClamdChecker(Endpoint.of(options.clamd)));
    }
    if (options.rspamd != null) {
      checked.checker(new RspamdChecker(options.rspamd, Duration.ofSeconds(60)));
    }
    if (options.spamd != null) {
      checked.checker(SpamdChecker.tagging(Endpoint.of(options.spamd)));
    }
    return checked.build();
  }
}
