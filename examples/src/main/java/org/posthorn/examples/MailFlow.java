package org.posthorn.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.DeliveryBuilder;
import org.posthorn.delivery.DetailPolicy;
import org.posthorn.delivery.DirectoryResolver;
import org.posthorn.delivery.LocalDelivery;
import org.posthorn.delivery.RecipientResolver;
import org.posthorn.delivery.filter.RuleFolder;
import org.posthorn.delivery.routing.RoutingFile;
import org.posthorn.delivery.routing.RoutingTable;
import org.posthorn.delivery.routing.TableResolver;
import org.posthorn.relay.MailQueue;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;

/** Where mail goes: into mailboxes, and with {@code --relay} through a queue to other servers. */
final class MailFlow implements AutoCloseable {
  private final LocalDelivery delivery;
  private final @Nullable MailQueue queue;
  private @Nullable CollectOption collecting;

  private MailFlow(LocalDelivery delivery, @Nullable MailQueue queue) {
    this.delivery = delivery;
    this.queue = queue;
  }

  /** Begins to fetch outside mailboxes where options name some. */
  void collect(ServeOptions options) throws IOException, StoreException {
    if (!options.mail.collect.isEmpty()) {
      collecting = CollectOption.start(options, delivery);
    }
  }

  static MailFlow of(ServeOptions options, MailStore store) throws IOException, StoreException {
    Set<String> domains =
        options.domains.isEmpty() ? Set.of("localhost") : new TreeSet<>(options.domains);
    DeliveryBuilder builder =
        LocalDelivery.into(store, options.hostname)
            .resolver(resolver(options.mail, store, domains))
            .accountPolicy(options.retention.policy(store, Clock.systemUTC()));
    if (options.mail.rules != null) {
      builder.filters(RuleFolder.in(options.mail.rules));
    }
    if (options.mail.relay == null) {
      return new MailFlow(builder.build(), null);
    }
    MailQueue queue =
        RelayOption.open(options.mail, options.hostname, domains, queueFolder(options));
    LocalDelivery delivery = builder.relay(queue).reporter(queue).build();
    queue.start(delivery);
    return new MailFlow(delivery, queue);
  }

  LocalDelivery delivery() {
    return delivery;
  }

  private static Path queueFolder(ServeOptions options) throws IOException {
    if (options.mail.queue != null) {
      return options.mail.queue;
    }
    if (StoreOption.isPostgres(options.store)) {
      throw new IllegalArgumentException(
          "with PostgreSQL say where mail waits to be sent: --queue DIRECTORY");
    }
    Path folder = StoreOption.folder(options.store);
    return folder == null ? Files.createTempDirectory("posthorn-queue") : folder.resolve("queue");
  }

  private static RecipientResolver resolver(
      MailOptions options, MailStore store, Set<String> domains) throws IOException {
    AccountDirectory accounts =
        store
            .facet(AccountDirectory.class)
            .orElseThrow(() -> new IllegalArgumentException("the store knows no accounts"));
    DetailPolicy details =
        switch (options.details) {
          case "ignored" -> DetailPolicy.IGNORED;
          case "folder" -> DetailPolicy.FOLDER;
          default -> throw new IllegalArgumentException("--details takes ignored or folder");
        };
    RecipientResolver mailboxes = new DirectoryResolver(accounts, domains, details);
    TableResolver fromOptions = new TableResolver(table(options, domains), mailboxes);
    if (options.routes == null) {
      return fromOptions;
    }
    Supplier<RoutingTable> fromFile = RoutingFile.reloading(options.routes);
    return new TableResolver(fromFile, fromOptions);
  }

  private static RoutingTable table(MailOptions options, Set<String> domains) {
    RoutingTable.Builder table = RoutingTable.builder();
    for (String alias : options.aliases) {
      table.alias(left(alias), right(alias));
    }
    for (String forward : options.forwards) {
      table.forward(left(forward), right(forward));
    }
    for (String forward : options.forwardsWithCopy) {
      table.forwardWithCopy(left(forward), right(forward));
    }
    for (String catchAll : options.catchAlls) {
      int equals = catchAll.indexOf('=');
      if (equals < 0) {
        List<Address> target = List.of(address(catchAll));
        domains.forEach(domain -> table.catchAll(domain, target));
      } else {
        table.catchAll(catchAll.substring(0, equals).toLowerCase(Locale.ROOT), right(catchAll));
      }
    }
    return table.build();
  }

  private static Address left(String option) {
    int equals = option.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("ADDRESS=TARGET expected: " + option);
    }
    return address(option.substring(0, equals));
  }

  private static List<Address> right(String option) {
    List<Address> targets = new ArrayList<>();
    for (String target : option.substring(option.indexOf('=') + 1).split(",", -1)) {
      targets.add(address(target));
    }
    return targets;
  }

  private static Address address(String text) {
    try {
      return Address.parse(text.strip());
    } catch (SmtpSyntaxException e) {
      throw new IllegalArgumentException("not an address: " + text, e);
    }
  }

  /** After the server, before the store. */
  @Override
  public void close() throws StoreException {
    try {
      if (collecting != null) {
        collecting.close();
      }
    } finally {
      if (queue != null) {
        queue.close();
      }
    }
  }
}
