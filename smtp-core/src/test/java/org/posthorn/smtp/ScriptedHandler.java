package org.posthorn.smtp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.posthorn.smtp.facet.AddressLookup;
import org.posthorn.smtp.facet.BinaryContent;
import org.posthorn.smtp.facet.DeliveryDeadlines;
import org.posthorn.smtp.facet.FutureRelease;
import org.posthorn.smtp.facet.Priorities;
import org.posthorn.smtp.facet.RecipientValidity;
import org.posthorn.smtp.facet.StatusNotifications;
import org.posthorn.smtp.facet.TlsPromise;

/**
 * Whom transcripts talk to: it says how much it took and keeps nothing; knows nobody called green;
 * whoever begins with full has no room; and where a message begins with {@code ?} it says what the
 * envelope asked for, where it begins with {@code =} what the message is.
 */
final class ScriptedHandler implements MailHandler {
  private static final Map<Class<?>, Object> ALL =
      Map.of(
          StatusNotifications.class, new StatusNotifications() {},
          BinaryContent.class, new BinaryContent() {},
          TlsPromise.class, new TlsPromise() {},
          RecipientValidity.class, new RecipientValidity() {},
          Priorities.class, new Priorities() {},
          FutureRelease.class, (FutureRelease) () -> Duration.ofDays(1),
          DeliveryDeadlines.class, new Deadlines(),
          AddressLookup.class, new Lookup());

  private final AtomicInteger messages = new AtomicInteger();
  private final Map<Class<?>, Object> facets = new HashMap<>();

  ScriptedHandler(List<String> names) {
    ALL.forEach(
        (type, facet) -> {
          if (names.contains(type.getSimpleName())) {
            facets.put(type, facet);
          }
        });
  }

  private static final class Deadlines implements DeliveryDeadlines {
    @Override
    public Duration shortest() {
      return Duration.ofMinutes(1);
    }
  }

  /** Knows jones, and the list of all. */
  private static final class Lookup implements AddressLookup {
    @Override
    public Verdict verify(SmtpPeer peer, String name) {
      return name.equals("jones")
          ? new Verdict(250, "2.1.5", "<jones@example.org>")
          : new Verdict(550, "5.1.1", "No such user here");
    }

    @Override
    public List<Verdict> expand(SmtpPeer peer, String list) {
      return List.of(
          new Verdict(250, "2.1.5", "<jones@example.org>"),
          new Verdict(250, "2.1.5", "<brown@example.org>"));
    }
  }

  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return Optional.ofNullable(facets.get(type)).map(type::cast);
  }

  @Override
  public Transaction begin(SmtpPeer peer) {
    return new Scripted(peer);
  }

  private final class Scripted implements Transaction, MessageSink {
    private final SmtpPeer peer;
    private final List<Recipient> taken = new ArrayList<>();
    private final StringBuilder content = new StringBuilder();
    private MailParameters parameters = MailParameters.NONE;

    Scripted(SmtpPeer peer) {
      this.peer = peer;
    }

    @Override
    public Verdict from(ReversePath sender, MailParameters asked) {
      parameters = asked;
      return new Verdict(250, "2.1.0", "Sender OK");
    }

    @Override
    public List<Verdict> recipients(List<Recipient> asked) {
      return asked.stream().map(this::recipient).toList();
    }

    private Verdict recipient(Recipient recipient) {
      if (recipient.address().localPart().equals("green")) {
        return new Verdict(550, "5.1.1", "No such user here");
      }
      taken.add(recipient);
      return new Verdict(250, "2.1.5", "Recipient OK");
    }

    @Override
    public MessageSink body(BodyKind kind, OptionalLong declared) {
      return this;
    }

    @Override
    public void write(ByteBuffer chunk) {
      content.append(StandardCharsets.ISO_8859_1.decode(chunk));
    }

    @Override
    public List<Verdict> finish() {
      int number = messages.incrementAndGet();
      String text = content.toString();
      if (text.startsWith("?") || text.contains("\r\n\r\n?")) {
        return List.of(new Verdict(250, "2.0.0", envelope()));
      }
      if (text.startsWith("=") || text.contains("\r\n\r\n=")) {
        String shown = text.replace("\r", "<CR>").replace("\n", "<LF>");
        return List.of(new Verdict(250, "2.0.0", shown.replaceAll("\\p{Cntrl}", "?")));
      }
      String kept = "kept " + number + " for ";
      if (peer.role() != SmtpRole.LMTP) {
        String count = kept + taken.size() + ": " + content.length() + " octets";
        return List.of(new Verdict(250, "2.0.0", count));
      }
      List<Verdict> verdicts = new ArrayList<>();
      for (Recipient recipient : taken) {
        String name = recipient.address().toString().toLowerCase(Locale.ROOT);
        verdicts.add(
            name.startsWith("full")
                ? new Verdict(452, "4.2.2", "Mailbox full")
                : new Verdict(250, "2.0.0", kept + name));
      }
      return verdicts;
    }

    private String envelope() {
      StringBuilder told = new StringBuilder();
      told.append(peer.with()).append(' ').append(new TreeMap<>(parameters.values()));
      parameters.auth().ifPresent(by -> told.append(" auth ").append(by));
      parameters.envelopeId().ifPresent(id -> told.append(" envid ").append(id));
      parameters.dsnReturn().ifPresent(what -> told.append(" return ").append(what));
      parameters.deliverBy().ifPresent(by -> told.append(" by ").append(by));
      parameters.release(Instant.EPOCH).ifPresent(at -> told.append(" held ").append(at));
      parameters.priority().ifPresent(p -> told.append(" priority ").append(p));
      told.append(parameters.requireTls() ? " requires TLS" : "");
      told.append(parameters.solicitation().isEmpty() ? "" : " " + parameters.solicitation());
      for (Recipient recipient : taken) {
        told.append(" to ").append(recipient.address());
        recipient.notifyOn().ifPresent(when -> told.append(" notify ").append(when));
        recipient.originalRecipient().ifPresent(to -> told.append(" for ").append(to.address()));
        recipient.validSince().ifPresent(since -> told.append(" since ").append(since));
      }
      if (peer.user() != null && peer.role() == SmtpRole.MX) {
        InetSocketAddress client = peer.connection().peer();
        told.append(" from [").append(client.getAddress().getHostAddress()).append("]:");
        told.append(client.getPort()).append(' ').append(peer.helo());
        told.append(" as ").append(peer.user().account());
      }
      return told.toString().replaceAll("[^ -~]", "?");
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
  }
}
