package org.posthorn.delivery;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.report.StatusReporter;
import org.posthorn.smtp.facet.BinaryContent;
import org.posthorn.smtp.facet.DeliveryDeadlines;
import org.posthorn.smtp.facet.FutureRelease;
import org.posthorn.smtp.facet.Priorities;
import org.posthorn.smtp.facet.RecipientValidity;
import org.posthorn.smtp.facet.StatusNotifications;
import org.posthorn.smtp.facet.TlsPromise;
import org.posthorn.store.AccountState;
import org.posthorn.store.MailStore;

/** What a delivery can do, by what it is made of. */
final class DeliveryFacets {
  private static final StatusNotifications NOTIFICATIONS = new StatusNotifications() {};
  private static final BinaryContent BINARY = new BinaryContent() {};
  private static final RecipientValidity VALIDITY = new RecipientValidity() {};

  private final boolean reports;
  private final boolean knowsOwners;
  private final Relay relay;

  DeliveryFacets(MailStore store, Relay relay, @Nullable StatusReporter reporter) {
    this.reports = reporter != null;
    this.knowsOwners = store.facet(AccountState.class).isPresent();
    this.relay = relay;
  }

  <F> Optional<F> find(Class<F> type) {
    if (type == StatusNotifications.class) {
      return reports ? Optional.of(type.cast(NOTIFICATIONS)) : Optional.empty();
    } else if (type == BinaryContent.class) {
      return Optional.of(type.cast(BINARY));
    } else if (type == RecipientValidity.class) {
      return passesOnOwners() ? Optional.of(type.cast(VALIDITY)) : Optional.empty();
    } else if (type == DeliveryDeadlines.class
        || type == FutureRelease.class
        || type == Priorities.class
        || type == TlsPromise.class) {
      // Mailboxes here get their mail at once; it is the relay that has to wait or to choose.
      return relay.facet(type);
    }
    return Optional.empty();
  }

  private boolean passesOnOwners() {
    return knowsOwners
        && (relay == Relay.REFUSING || relay.facet(RecipientValidity.class).isPresent());
  }
}
