package org.posthorn.examples;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.AccountPolicy;
import org.posthorn.retention.FolderRule;
import org.posthorn.retention.IdleRefusal;
import org.posthorn.retention.Retention;
import org.posthorn.retention.RetentionEvent;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** How long {@code serve} keeps mail and unused accounts. */
final class RetentionOptions {
  private static final Logger LOG = LoggerFactory.getLogger("org.posthorn.retention");

  @Option(
      names = "--expire",
      paramLabel = "FOLDER=DAYS",
      description =
          "Removes messages so many days after they came into a folder, named or by special use:"
              + " Trash=90, \\Junk=30; may be given several times.")
  List<String> expire = new ArrayList<>();

  @Option(
      names = "--refuse-idle",
      paramLabel = "DAYS",
      converter = OptionTypes.Positive.class,
      description = "Refuses mail for accounts whose owner has not looked at it for so long.")
  @Nullable Integer refuseDays;

  @Option(
      names = "--delete-idle",
      paramLabel = "DAYS",
      converter = OptionTypes.Positive.class,
      description = "Deletes accounts whose owner has not looked at the mail for so long.")
  @Nullable Integer deleteDays;

  @Option(
      names = "--keep-account",
      paramLabel = "NAME",
      description = "An account that none of this concerns; may be given several times.")
  List<String> kept = new ArrayList<>();

  @Option(
      names = "--retention-every",
      paramLabel = "MINUTES",
      converter = OptionTypes.Positive.class,
      description = "How often to look (default: ${DEFAULT-VALUE}).")
  int everyMinutes = 60;

  @Option(
      names = "--retention-dry-run",
      description = "Removes and refuses nothing: the log tells what would be.")
  boolean dryRun;

  /** What is to be run now and then; empty where no option asks for it. */
  Optional<Retention> retention(MailStore store, Clock clock) {
    if (expire.isEmpty() && deleteDays == null) {
      return Optional.empty();
    }
    Retention.Builder builder =
        Retention.of(store).clock(clock).except(kept::contains).events(RetentionOptions::log);
    for (String one : expire) {
      builder.expire(rule(one));
    }
    if (deleteDays != null) {
      builder.deleteIdle(Duration.ofDays(deleteDays));
    }
    return Optional.of(builder.build());
  }

  /** Which accounts take mail. */
  AccountPolicy policy(MailStore store, Clock clock) {
    if (refuseDays == null) {
      return AccountPolicy.TAKES_ALL;
    }
    IdleRefusal refusal =
        IdleRefusal.after(Duration.ofDays(refuseDays), store, clock)
            .except(kept::contains)
            .events(RetentionOptions::log);
    return dryRun ? refusal.dryRun() : refusal;
  }

  private static FolderRule rule(String option) {
    int equals = option.lastIndexOf('=');
    try {
      String folder = option.substring(0, Math.max(0, equals));
      Duration age = Duration.ofDays(Integer.parseInt(option.substring(equals + 1)));
      for (SpecialUse use : SpecialUse.values()) {
        if (use.attribute().equalsIgnoreCase(folder)) {
          return FolderRule.of(use, age);
        }
      }
      return FolderRule.named(MailboxName.parse(folder), age);
    } catch (InvalidMailboxName | NumberFormatException e) {
      throw new IllegalArgumentException("--expire takes FOLDER=DAYS", e);
    }
  }

  private static void log(RetentionEvent event) {
    if (event instanceof RetentionEvent.Failed failed) {
      LOG.warn("{}", failed, failed.why());
    } else {
      LOG.info("{}", event);
    }
  }
}
