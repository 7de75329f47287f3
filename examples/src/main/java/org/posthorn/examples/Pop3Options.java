package org.posthorn.examples;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.posthorn.pop3.Expiry;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.pop3.Removal;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxName;
import picocli.CommandLine.Option;

/** What a provider may want of POP3. */
final class Pop3Options {
  private static final String MOVE = "move:";

  @Option(
      names = "--pop3-login-delay",
      paramLabel = "SECONDS",
      converter = OptionTypes.Positive.class,
      description = "Time that a user has to wait between two logins (default: none).")
  @Nullable Integer loginDelay;

  @Option(
      names = "--pop3-dele",
      paramLabel = "delete|keep|move:FOLDER",
      description = "What DELE does to messages (default: ${DEFAULT-VALUE}).")
  String dele = "delete";

  @Option(
      names = "--pop3-expire",
      paramLabel = "DAYS",
      description =
          "Messages go so many days after they came; 0: what was retrieved goes at once (default:"
              + " they stay).")
  @Nullable Integer expire;

  @Option(
      names = "--pop3-shared",
      description = "Lets several sessions read one mailbox at the same time.")
  boolean shared;

  @Option(names = "--pop3-apop", description = "Offers APOP to users of --user and --any-user.")
  boolean apop;

  void applyTo(Pop3Service.Builder service) {
    if (loginDelay != null) {
      service.loginDelay(Duration.ofSeconds(loginDelay));
    }
    service.removal(removal());
    if (expire != null) {
      if (expire < 0) {
        throw new IllegalArgumentException("--pop3-expire: days are not negative");
      }
      service.expiry(expire == 0 ? Expiry.atOnce() : Expiry.afterDays(expire));
    }
    if (shared) {
      service.sharedSessions();
    }
    if (apop) {
      service.apop();
    }
  }

  private Removal removal() {
    if (dele.equals("delete")) {
      return Removal.DELETE;
    } else if (dele.equals("keep")) {
      return Removal.KEEP;
    } else if (!dele.startsWith(MOVE)) {
      throw new IllegalArgumentException("--pop3-dele takes delete, keep or move:FOLDER");
    }
    try {
      return Removal.moveTo(MailboxName.parse(dele.substring(MOVE.length())));
    } catch (InvalidMailboxName e) {
      throw new IllegalArgumentException("--pop3-dele: not a folder: " + dele, e);
    }
  }
}
