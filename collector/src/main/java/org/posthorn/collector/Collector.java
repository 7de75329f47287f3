package org.posthorn.collector;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.net.ssl.X509TrustManager;
import org.posthorn.collector.OutsideMailbox.Entry;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/**
 * Fetches mail from outside mailboxes and delivers it as if it had come by SMTP. A message is
 * delivered, then noted as seen, then deleted there, each for good before the next: whatever dies
 * when, no message is lost; one that was delivered and could not be noted comes once more.
 * Thread-safe; a source is to be collected by one thread at a time.
 */
public final class Collector {
  private final MailHandler handler;
  private final SeenMessages seen;
  private final Certificates certificates;
  private final Clock clock;

  /**
   * A collector that believes the authorities that the JDK knows.
   *
   * @param handler takes the mail, such as a {@link org.posthorn.delivery.LocalDelivery}
   * @param seen closed by the caller
   */
  public Collector(MailHandler handler, SeenMessages seen) {
    this(handler, seen, Certificates.standard(), Clock.system(ZoneId.systemDefault()));
  }

  /**
   * A collector.
   *
   * @param handler takes the mail, such as a {@link org.posthorn.delivery.LocalDelivery}
   * @param seen closed by the caller
   * @param trust which certificates are believed
   */
  public Collector(MailHandler handler, SeenMessages seen, X509TrustManager trust, Clock clock) {
    this.handler = Objects.requireNonNull(handler);
    this.seen = Objects.requireNonNull(seen);
    this.certificates = new Certificates(trust);
    this.clock = clock;
  }

  /**
   * A task for a scheduler: collects, and tells what came of it.
   *
   * @param done hears of each look that went well
   * @param failed hears of each that did not; the next one goes on where it stopped
   */
  public Runnable task(
      Source source, BiConsumer<Source, Collected> done, BiConsumer<Source, Exception> failed) {
    return () -> {
      try {
        done.accept(source, collect(source));
      } catch (IOException | StoreException | RuntimeException e) {
        failed.accept(source, e);
      }
    };
  }

  /**
   * Looks into an outside mailbox once.
   *
   * @throws IOException when its server cannot be reached, refuses the login, or breaks off
   * @throws StoreException when mail cannot be kept here now
   */
  public Collected collect(Source source) throws IOException, StoreException {
    try (OutsideMailbox mailbox = open(source)) {
      List<Entry> entries = mailbox.list();
      Set<String> present = new HashSet<>();
      for (Entry entry : entries) {
        present.add(entry.uid());
      }
      seen.retain(source.name(), present);
      Look look = new Look(source, mailbox);
      for (Entry entry : entries) {
        look.at(entry);
      }
      mailbox.finish();
      if (mailbox.namesByContent()) {
        // What comes later with the same octets is another message.
        present.removeAll(look.gone);
        seen.retain(source.name(), present);
      }
      return new Collected(look.delivered, look.deleted, look.tooBig, look.refused);
    }
  }

  private OutsideMailbox open(Source source) throws IOException {
    return source.protocol() == Protocol.POP3
        ? Pop3Mailbox.open(source, certificates)
        : ImapMailbox.open(source, certificates);
  }

  private final class Look {
    private final Source source;
    private final OutsideMailbox mailbox;
    private final List<String> refused = new ArrayList<>();
    private final Set<String> gone = new HashSet<>();
    private int delivered;
    private int deleted;
    private int tooBig;

    Look(Source source, OutsideMailbox mailbox) {
      this.source = source;
      this.mailbox = mailbox;
    }

    /** What the server refuses about one message keeps nobody from the next. */
    void at(Entry entry) throws IOException, StoreException {
      try {
        collect(entry);
      } catch (RefusedByServerException e) {
        refused.add(String.valueOf(e.getMessage()));
      }
    }

    private void collect(Entry entry) throws IOException, StoreException {
      Optional<Instant> came = seen.seen(source.name(), entry.uid());
      if (came.isEmpty()) {
        if (entry.octets() > source.octets()) {
          tooBig++;
          return;
        }
        Verdict verdict = deliver(entry);
        if (!verdict.accepted()) {
          refused.add(verdict.code() + " " + verdict.enhanced() + " " + verdict.text());
          return;
        }
        delivered++;
        came = Optional.of(clock.instant());
        seen.note(source.name(), entry.uid(), came.get());
      }
      Instant now = clock.instant();
      Instant arrived = came.get();
      if (source.keep().map(time -> !now.isBefore(arrived.plus(time))).orElse(false)) {
        mailbox.delete(entry);
        gone.add(entry.uid());
        deleted++;
      }
    }

    private Verdict deliver(Entry entry) throws IOException, StoreException {
      try (Handover handover = new Handover(handler, source)) {
        mailbox.fetch(entry, handover);
        return handover.finish();
      }
    }
  }
}
