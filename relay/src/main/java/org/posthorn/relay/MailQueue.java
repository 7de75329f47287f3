package org.posthorn.relay;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.Dispatch;
import org.posthorn.delivery.Relay;
import org.posthorn.delivery.report.RecipientStatus;
import org.posthorn.delivery.report.StatusReporter;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.ClientTls;
import org.posthorn.store.StoreException;

/**
 * The outbound queue: takes mail, keeps it on disk, sends it, tries again, and tells senders what
 * became of it. Mail that was taken is neither lost nor sent twice, but where a server took it and
 * its answer, or our note of it, was lost. Thread-safe.
 */
public final class MailQueue implements Relay, StatusReporter, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MailQueue.class.getName());
  private static final Verdict TAKEN = new Verdict(250, "2.1.5", "Recipient OK, to be relayed");
  private static final Verdict OVERDUE = new Verdict(451, "4.4.7", "Not delivered in time");

  private final Builder settings;
  private final Queue queue;
  private final Reports reports;
  private final Settling settling;
  private final Connections connections;
  private final QueueFacets facets;
  private final Attempt attempt;
  private @Nullable Dispatcher dispatcher;

  private MailQueue(Builder settings, Queue queue) {
    this.settings = settings;
    this.queue = queue;
    this.reports = new Reports(settings.hostname, settings.clock.getZone());
    this.settling = new Settling(queue, settings.retry, reports, new SecureRandom());
    this.connections =
        new Connections(
            settings.tls,
            settings.patience,
            settings.messagesPerConnection,
            settings.connections,
            settings.idleTime);
    this.attempt = new Attempt(queue, settings.addresses, connections, settings.clock);
    this.facets = new QueueFacets(settings.longestHold, settings.router.provesNames());
  }

  /**
   * Begins a queue.
   *
   * @param directory where it is kept; no two processes may have one
   * @param hostname this server's, for reports
   * @param router knows the ways, those to mailboxes here as well
   */
  public static Builder in(Path directory, String hostname, Router router) {
    return new Builder(directory, hostname, router);
  }

  /**
   * Begins to send what waits. Until then mail is only taken.
   *
   * @param here takes what {@link Route.Here} leads to, such as reports for senders of our own
   */
  public synchronized void start(MailHandler here) {
    if (dispatcher != null) {
      throw new IllegalStateException("started already");
    }
    LocalAttempt local = new LocalAttempt(queue, here, settings.hostname, settings.clock);
    Dispatcher begun =
        new Dispatcher(
            queue,
            settings.clock,
            settings.connections,
            settings.perDestination,
            part -> work(part, local));
    dispatcher = begun;
    begun.start();
  }

  private void work(Queue.Part part, LocalAttempt local) {
    try {
      Optional<QueuedMail> mail = queue.take(part, settings.clock.instant());
      if (mail.isPresent()) {
        Attempt.Result result = attempt(mail.get(), local);
        Instant now = settings.clock.instant();
        queue.settle(settling.of(mail.get(), result, now), now);
      }
    } catch (StoreException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "an attempt to send mail failed by itself", e);
      postpone(part);
    }
  }

  /** A fault of ours must not be tried again at once. */
  private void postpone(Queue.Part part) {
    try {
      Instant now = settings.clock.instant();
      Optional<QueuedMail> mail = queue.take(part, now);
      if (mail.isPresent()) {
        Verdict fault = new Verdict(451, "4.3.0", "Internal error");
        Attempt.Result result = Attempt.Result.all(mail.get().recipients().size(), fault);
        queue.settle(settling.of(mail.get(), result, now), now);
      }
    } catch (StoreException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "and cannot be postponed", e);
    }
  }

  private Attempt.Result attempt(QueuedMail mail, LocalAttempt local) throws StoreException {
    if (mail.toBeReturned(settings.clock.instant())) {
      return Attempt.Result.all(mail.recipients().size(), OVERDUE);
    }
    Route route =
        TlsWish.isOptional(mail, queue)
            ? settings.router.routeWithoutPolicies(mail.destination())
            : settings.router.route(mail.destination());
    if (route instanceof Route.Servers servers) {
      return attempt.over(servers.hops(), mail);
    } else if (route instanceof Route.None none) {
      return Attempt.Result.all(mail.recipients().size(), none.verdict());
    } else {
      return local.deliver(mail);
    }
  }

  @Override
  public Verdict recipient(SmtpPeer peer, ReversePath sender, Recipient recipient) {
    return TAKEN;
  }

  /**
   * Times to deliver by (RFC 2852), times until which to hold (RFC 4865), priorities (RFC 6710),
   * owners of mailboxes (RFC 7293); and protected ways (RFC 8689) where the router has some.
   */
  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return facets.find(type);
  }

  @Override
  public Verdict send(List<Dispatch> messages) throws StoreException {
    Instant now = settings.clock.instant();
    queue.add(messages, now);
    wake();
    return Verdict.OK;
  }

  @Override
  public void report(Dispatch message, List<RecipientStatus> statuses) throws StoreException {
    Instant now = settings.clock.instant();
    queue.settle(Settlement.of(reports.about(message, statuses, now)), now);
    wake();
  }

  private synchronized void wake() {
    if (dispatcher != null) {
      dispatcher.wake();
    }
  }

  /** Recipients that wait. */
  public long size() throws StoreException {
    return queue.size();
  }

  /** What was said last about each recipient that waits, for people; empty before the first try. */
  public List<String> lastReplies() throws StoreException {
    return Collections.unmodifiableList(queue.lastReplies());
  }

  /** Tries everything at once that waits. */
  public void hurry() throws StoreException {
    queue.hurry(settings.clock.instant());
    wake();
  }

  /** Waits for attempts under way, for some seconds, and closes; what waits stays on disk. */
  @Override
  public void close() throws StoreException {
    Dispatcher running;
    synchronized (this) {
      running = dispatcher;
    }
    if (running != null) {
      running.stop(settings.stopPatience);
    }
    connections.close();
    queue.close();
  }

  /** Collects what a queue is made of. */
  public static final class Builder {
    private final Path directory;
    private final String hostname;
    private final Router router;
    private HostAddresses addresses = HostAddresses.SYSTEM;
    private RetryPolicy retry = RetryPolicy.STANDARD;
    private ClientTls tls = ClientTls.standard();
    private Duration patience = Duration.ofMinutes(10);
    private Duration stopPatience = Duration.ofSeconds(10);
    private int connections = 20;
    private int perDestination = 4;
    private int messagesPerConnection = 100;
    private Duration idleTime = Duration.ofSeconds(5);
    private Duration longestHold = Duration.ofDays(30);
    private Clock clock = Clock.system(ZoneId.systemDefault());

    private Builder(Path directory, String hostname, Router router) {
      this.directory = Objects.requireNonNull(directory);
      this.hostname = Objects.requireNonNull(hostname);
      this.router = Objects.requireNonNull(router);
    }

    /** Where servers are; as the system says unless set. */
    public Builder addresses(HostAddresses value) {
      addresses = value;
      return this;
    }

    public Builder retry(RetryPolicy policy) {
      retry = policy;
      return this;
    }

    /** Which certificates are believed; those that the JDK believes unless set. */
    public Builder tls(ClientTls value) {
      tls = value;
      return this;
    }

    /** How long to wait for a server at most, whatever RFC 5321 allows it. */
    public Builder patience(Duration value) {
      patience = value;
      return this;
    }

    /** How long {@link #close} waits for attempts under way. */
    public Builder stopPatience(Duration value) {
      stopPatience = value;
      return this;
    }

    /**
     * How much is done side by side.
     *
     * @param all attempts at a time
     * @param toOneDestination of them
     */
    public Builder concurrency(int all, int toOneDestination) {
      if (all < 1 || toOneDestination < 1) {
        throw new IllegalArgumentException("nothing would be sent");
      }
      connections = all;
      perDestination = toOneDestination;
      return this;
    }

    /**
     * How long a connection is used; 100 messages and five seconds unless set.
     *
     * @param messages over one connection at most; 1 makes a new one for each
     * @param idle how long it waits for another message
     */
    public Builder reuse(int messages, Duration idle) {
      if (messages < 1 || idle.isNegative()) {
        throw new IllegalArgumentException("nothing would be sent");
      }
      messagesPerConnection = messages;
      idleTime = idle;
      return this;
    }

    /**
     * For how long mail is held at most when its sender wants that (RFC 4865); thirty days unless
     * set. With zero it is not offered.
     */
    public Builder longestHold(Duration value) {
      if (value.isNegative() || value.toSeconds() > 999_999_999) {
        throw new IllegalArgumentException("hold " + value);
      }
      longestHold = value;
      return this;
    }

    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /**
     * Opens the queue; {@link MailQueue#start} begins to send.
     *
     * @throws StoreException IN_USE when another process has it
     */
    public MailQueue open() throws StoreException {
      return new MailQueue(this, Queue.in(directory, router::destination));
    }
  }
}
