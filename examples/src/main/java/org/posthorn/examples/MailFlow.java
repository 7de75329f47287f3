package org.posthorn.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.DeliveryBuilder;
import org.posthorn.delivery.LocalDelivery;
import org.posthorn.delivery.filter.RuleFolder;
import org.posthorn.delivery.response.AutoResponder;
import org.posthorn.delivery.response.FileTimeMemory;
import org.posthorn.delivery.response.VacationFolder;
import org.posthorn.delivery.response.VacationText;
import org.posthorn.relay.MailQueue;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;

/** Where mail goes: into mailboxes, and with {@code --relay} through a queue to other servers. */
final class MailFlow implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofDays(VacationText.LONGEST_DAYS);

  private final @Nullable FileTimeMemory answered;
  private final @Nullable MailQueue queue;
  private final MailHandler checked;
  private @Nullable CollectOption collecting;

  private MailFlow(ServeOptions options, MailStore store) throws IOException, StoreException {
    DeliveryBuilder builder = builder(options, store);
    Path vacations = options.routes.vacations;
    if (vacations == null) {
      answered = null;
    } else {
      Path memory = StateFolder.of(options.accounts, "answers").resolve("answered");
      answered = FileTimeMemory.in(memory, LONGEST);
      VacationFolder folder = VacationFolder.in(vacations, ZoneId.systemDefault());
      builder.autoResponder(
          new AutoResponder(folder, answered, Clock.system(ZoneId.systemDefault())));
    }
    queue = options.relay.relay == null ? null : RelayOption.open(options);
    if (queue == null) {
      checked = Checks.before(builder.build(), options, store);
    } else {
      LocalDelivery delivery = builder.relay(queue).reporter(queue).build();
      checked = Checks.before(delivery, options, store);
      queue.start(delivery);
    }
  }

  static MailFlow of(ServeOptions options, MailStore store) throws IOException, StoreException {
    return new MailFlow(options, store);
  }

  private static DeliveryBuilder builder(ServeOptions options, MailStore store) {
    DeliveryBuilder builder =
        LocalDelivery.into(store, options.listen.hostname)
            .resolver(RouteOption.resolver(options, store))
            .accountPolicy(options.retention.policy(store, Clock.systemUTC()))
            .missingFolder(options.routes.missingFolder)
            .trace(options.log.tracePolicy());
    if (options.accounts.overQuota == AccountOptions.OverQuota.REFUSE) {
      builder.overQuota(new Verdict(552, "5.2.2", "Mailbox full"));
    }
    if (options.routes.rules != null) {
      builder.filters(RuleFolder.in(options.routes.rules));
    }
    return builder;
  }

  /** Begins to fetch outside mailboxes where options name some; what comes passes all checks. */
  void collect(ServeOptions options) throws IOException, StoreException {
    if (!options.collect.sources.isEmpty()) {
      collecting = CollectOption.start(options, checked);
    }
  }

  /** Checks, and behind them the delivery. */
  MailHandler handler() {
    return checked;
  }

  /** After the server, before the store. */
  @Override
  public void close() throws StoreException {
    try {
      if (collecting != null) {
        collecting.close();
      }
    } finally {
      closeQueue();
    }
  }

  private void closeQueue() throws StoreException {
    try {
      if (queue != null) {
        queue.close();
      }
    } finally {
      if (answered != null) {
        answered.close();
      }
    }
  }
}
