package org.posthorn.examples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.delivery.check.CheckedHandler;
import org.posthorn.delivery.check.Checker;
import org.posthorn.delivery.check.ClamdChecker;
import org.posthorn.delivery.check.Endpoint;
import org.posthorn.delivery.check.MailboxQuarantine;
import org.posthorn.delivery.check.RspamdChecker;
import org.posthorn.delivery.check.SpamdChecker;
import org.posthorn.delivery.milter.MilterChecker;
import org.posthorn.smtp.MailHandler;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;

/** What mail has to pass before it is delivered. */
final class Checks {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Checks() {}

  /** Behind the checkers that were asked for, if any. */
  static MailHandler before(MailHandler delivery, ServeOptions options, MailStore store) {
    List<Checker> checkers = checkers(options.checks, options.listen.hostname);
    CheckedHandler.Builder checked = CheckedHandler.before(delivery);
    if (options.checks.quarantine != null) {
      checked.quarantine(quarantine(options.checks.quarantine, store));
    }
    if (checkers.isEmpty()) {
      return delivery;
    }
    for (Checker checker : checkers) {
      if (options.checks.optional) {
        checked.optionalChecker(checker);
      } else {
        checked.checker(checker);
      }
    }
    return checked.build();
  }

  private static List<Checker> checkers(CheckOptions options, String hostname) {
    List<Checker> checkers = new ArrayList<>();
    for (String milter : options.milters) {
      checkers.add(new MilterChecker(endpoint("--milter", milter), hostname));
    }
    if (options.clamd != null) {
      checkers.add(new ClamdChecker(endpoint("--clamd", options.clamd)));
    }
    if (options.rspamd != null) {
      checkers.add(new RspamdChecker(options.rspamd, PATIENCE));
    }
    if (options.spamd != null) {
      SpamdChecker spamd = SpamdChecker.tagging(endpoint("--spamd", options.spamd));
      checkers.add(options.spamdRefuse == null ? spamd : spamd.refusingFrom(options.spamdRefuse));
    } else if (options.spamdRefuse != null) {
      throw new IllegalArgumentException("--spamd-refuse needs --spamd");
    }
    return checkers;
  }

  private static Endpoint endpoint(String option, String value) {
    try {
      return Endpoint.of(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  private static MailboxQuarantine quarantine(String option, MailStore store) {
    int equals = option.indexOf('=');
    String account = equals < 0 ? option : option.substring(0, equals);
    try {
      MailboxName folder =
          equals < 0
              ? MailboxName.of("Quarantine")
              : MailboxName.parse(option.substring(equals + 1));
      return new MailboxQuarantine(store, account, folder);
    } catch (InvalidMailboxName e) {
      throw new IllegalArgumentException("--quarantine takes USER=FOLDER", e);
    }
  }
}
