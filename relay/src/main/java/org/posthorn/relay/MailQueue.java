package org.posthorn.relay;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.Dispatch;
import org.posthorn.delivery.Relay;
import org.posthorn.delivery.report.RecipientStatus;
import org.posthorn.delivery.report.StatusMessage;
import org.posthorn.delivery.report.StatusReporter;
import org.posthorn.smtp.Address;
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

  private final Builder settings;
  private final Queue queue;
  private final Settling settling;
  private final Attempt attempt;
  private @Nullable Dispatcher dispatcher;

  private MailQueue(Builder settings, Queue queue) {
    this.settings = settings;
    this.queue = queue;
    this.settling =
        new Settling(
            queue, settings.retry, settings.hostname, settings.clock.getZone(), new SecureRandom());
    this.attempt = new Attempt(queue, settings.addresses, settings.tls, settings.patience);
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
    LocalAttempt local = new LocalAttempt(queue, here, settings.hostname);
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
    Route route = settings.router.route(mail.destination());
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

  @Override
  public Verdict send(List<Dispatch> messages) throws StoreException {
    Instant now = settings.clock.instant();
    queue.add(messages, now, now);
    wake();
    return Verdict.OK;
  }

  @Override
  public void report(Dispatch message, List<RecipientStatus> statuses) throws StoreException {
    Address to = message.sender().address().orElseThrow();
    Instant now = settings.clock.instant();
    ZonedDateTime arrived = ZonedDateTime.ofInstant(now, settings.clock.getZone());
    byte[] head = new byte[(int) Math.min(message.size(), StatusMessage.RETURNED_OCTETS)];
    System.arraycopy(message.header(), 0, head, 0, Math.min(head.length, message.header().length));
    int rest = Math.max(0, head.length - message.header().length);
    message.content().head(rest).get(head, head.length - rest, rest);
    StatusMessage.Subject subject =
        new StatusMessage.Subject(
            message.parameters(), head, head.length == message.size(), arrived);
    byte[] octets =
        new StatusMessage(settings.hostname)
            .compose(to, subject, statuses, OffsetDateTime.from(arrived));
    queue.settle(
        new Settlement(
            0,
            List.of(),
            List.of(),
            false,
            List.of(new Settlement.Report(to, StatusMessage.parameters(to, octets), octets))),
        now);
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
      return new MailQueue(this, Queue.in(directory));
    }
  }
}
