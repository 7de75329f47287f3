package org.posthorn.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.posthorn.delivery.DirectoryResolver;
import org.posthorn.delivery.RecipientResolver;
import org.posthorn.delivery.routing.RoutingFile;
import org.posthorn.delivery.routing.RoutingTable;
import org.posthorn.delivery.routing.TableResolver;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.MailStore;

/** Makes a resolver of {@link RouteOptions}: the file first, then the options, then accounts. */
final class RouteOption {
  private RouteOption() {}

  static RecipientResolver resolver(ServeOptions serve, MailStore store) {
    RouteOptions options = serve.routes;
    Set<String> domains = serve.domains();
    AccountDirectory accounts =
        store
            .facet(AccountDirectory.class)
            .orElseThrow(() -> new IllegalArgumentException("the store knows no accounts"));
    DirectoryResolver mailboxes =
        new DirectoryResolver(accounts, domains, options.details.policy());
    if (options.postmaster != null) {
      mailboxes = mailboxes.withPostmaster(options.postmaster);
    } else if (!serve.accounts.users.isEmpty()) {
      mailboxes = mailboxes.withPostmaster(serve.accounts.users.get(0).split(":", 2)[0]);
    }
    TableResolver fromOptions = new TableResolver(table(options, domains), mailboxes);
    if (options.routes == null) {
      return fromOptions;
    }
    return new TableResolver(file(options.routes), fromOptions);
  }

  private static Supplier<RoutingTable> file(Path routes) {
    try {
      return RoutingFile.reloading(routes);
    } catch (IOException e) {
      throw new IllegalArgumentException("--routes: cannot be read: " + routes, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--routes: " + e.getMessage(), e);
    }
  }

  private static RoutingTable table(RouteOptions options, Set<String> domains) {
    RoutingTable.Builder table = RoutingTable.builder();
    for (String alias : options.aliases) {
      table.alias(left("--alias", alias), right("--alias", alias));
    }
    for (String forward : options.forwards) {
      table.forward(left("--forward", forward), right("--forward", forward));
    }
    for (String copy : options.forwardsWithCopy) {
      table.forwardWithCopy(left("--forward-copy", copy), right("--forward-copy", copy));
    }
    for (String catchAll : options.catchAlls) {
      List<Address> targets = right("--catch-all", catchAll);
      int equals = catchAll.indexOf('=');
      if (equals < 0) {
        domains.forEach(domain -> table.catchAll(domain, targets));
      } else {
        table.catchAll(catchAll.substring(0, equals).toLowerCase(Locale.ROOT), targets);
      }
    }
    return table.build();
  }

  private static Address left(String option, String value) {
    int equals = value.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(option + " takes ADDRESS=TARGET, not " + value);
    }
    return address(option, value.substring(0, equals));
  }

  private static List<Address> right(String option, String value) {
    List<Address> targets = new ArrayList<>();
    for (String target : value.substring(value.indexOf('=') + 1).split(",", -1)) {
      targets.add(address(option, target));
    }
    return targets;
  }

  private static Address address(String option, String text) {
    try {
      return Address.parse(text.strip());
    } catch (SmtpSyntaxException e) {
      throw new IllegalArgumentException(option + ": not an address: " + text, e);
    }
  }
}
