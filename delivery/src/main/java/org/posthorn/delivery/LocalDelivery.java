package org.posthorn.delivery;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.filter.Filters;
import org.posthorn.delivery.report.RecipientStatus;
import org.posthorn.delivery.report.StatusReporter;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Delivers accepted mail into the mailboxes of a store, and hands what is for elsewhere to a {@link
 * Relay}. Mail for other domains is taken from authenticated users only. Thread-safe and immutable.
 */
public final class LocalDelivery implements MailHandler {
  private final MailStore store;
  private final String hostname;
  private final RecipientResolver resolver;
  private final Relay relay;
  private final Path spoolDirectory;
  private final int spoolMemory;
  private final Clock clock;
  private final AccountPolicy accountPolicy;
  private final Filters filters;
  private final Responses responses;
  private final @Nullable StatusReporter reporter;
  private final MissingFolder missingFolder;
  private final int hops;
  private final Verdict overQuota;
  private final boolean answersAtOnce;
  private final TracePolicy trace;
  private final DeliveryFacets facets;
  private final SecureRandom random = new SecureRandom();

  LocalDelivery(DeliveryBuilder builder, RecipientResolver resolver) {
    store = builder.store;
    hostname = builder.hostname;
    this.resolver = resolver;
    relay = builder.relay;
    spoolDirectory = builder.spoolDirectory;
    spoolMemory = builder.spoolMemory;
    clock = builder.clock;
    accountPolicy = builder.accountPolicy;
    filters = builder.filters;
    responses = new Responses(builder.autoResponder);
    reporter = builder.reporter;
    missingFolder = builder.missingFolder;
    hops = builder.hops;
    overQuota = builder.overQuota;
    trace = builder.trace;
    answersAtOnce = builder.answersAtOnce();
    facets = new DeliveryFacets(store, relay, reporter);
  }

  /**
   * Begins a delivery into the accounts of a store.
   *
   * @param hostname this server's name, for Received
   */
  public static DeliveryBuilder into(MailStore store, String hostname) {
    return new DeliveryBuilder(store, hostname);
  }

  @Override
  public Transaction begin(SmtpPeer peer) {
    return new DeliveryTransaction(this, peer);
  }

  /**
   * RFC 3461 is honoured where there is somebody who reports, RFC 7293 where the store knows when
   * accounts were made; what has to do with time, urgency and ways is for the relay to offer.
   */
  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return facets.find(type);
  }

  /**
   * Delivers a message of this server's own, such as an automatic answer or a report, as if an
   * authenticated user had sent it.
   *
   * @param message whole, without trace fields
   */
  public Verdict submit(ReversePath sender, Address to, byte[] message) throws StoreException {
    return OwnMail.submit(this, hostname, sender, to, message);
  }

  /** Who sends what this server writes itself. */
  SmtpPeer ourselves() {
    return OwnMail.peer(hostname);
  }

  /** How a failure is answered. */
  Verdict verdict(StoreException failure) {
    return failure.code() == Code.OVER_QUOTA ? overQuota : Verdict.of(failure);
  }

  /** A report that cannot be sent is told to the log: the message itself is safe. */
  void report(Dispatch message, List<RecipientStatus> statuses) {
    try {
      if (reporter != null) {
        reporter.report(message, statuses);
      }
    } catch (StoreException e) {
      System.getLogger(LocalDelivery.class.getName())
          .log(System.Logger.Level.ERROR, "a status report could not be sent", e);
    }
  }

  @Nullable StatusReporter reporter() {
    return reporter;
  }

  AccountPolicy accountPolicy() {
    return accountPolicy;
  }

  Filters filters() {
    return filters;
  }

  Responses responses() {
    return responses;
  }

  MissingFolder missingFolder() {
    return missingFolder;
  }

  int hops() {
    return hops;
  }

  @Override
  public boolean blocksInNativeCode() {
    return store.blocksInNativeCode();
  }

  @Override
  public boolean answersAtOnce() {
    return answersAtOnce;
  }

  MailStore store() {
    return store;
  }

  TracePolicy trace() {
    return trace;
  }

  String hostname() {
    return hostname;
  }

  RecipientResolver resolver() {
    return resolver;
  }

  Relay relay() {
    return relay;
  }

  Clock clock() {
    return clock;
  }

  Spool spool() {
    return new Spool(spoolDirectory, spoolMemory);
  }

  /** Unique for all practical purposes; safe in header fields and replies. */
  String newId() {
    byte[] octets = new byte[12];
    random.nextBytes(octets);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
