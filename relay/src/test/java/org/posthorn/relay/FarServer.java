package org.posthorn.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.server.jdk.JdkTransport;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.SmtpService;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.Verdict;

/** Another server: what it says at RCPT is up to the test, and it shows what it took. */
final class FarServer implements MailHandler, AutoCloseable {
  final List<String> envelopes = new CopyOnWriteArrayList<>();
  final List<String> messages = new CopyOnWriteArrayList<>();
  final AtomicInteger transactions = new AtomicInteger();
  final AtomicInteger atOnce = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  volatile Function<Recipient, Verdict> answers = recipient -> Verdict.OK;
  volatile Runnable beforeAnswer = () -> {};
  final Set<String> connections = ConcurrentHashMap.newKeySet();
  private final Map<Class<?>, Object> facets;
  private MailServer server;

  private FarServer(Map<Class<?>, Object> facets) {
    this.facets = facets;
  }

  static FarServer start(String address, int port) throws IOException, GeneralSecurityException {
    FarServer far = new FarServer(Map.of());
    far.listen(
        MailServer.builder(),
        address,
        port,
        TlsMode.NONE,
        SmtpService.mx("far.example", far).build());
    return far;
  }

  /** With abilities, by their types. */
  static FarServer offering(Map<Class<?>, Object> facets)
      throws IOException, GeneralSecurityException {
    return offering(facets, MailServer.builder(), TlsMode.NONE);
  }

  static FarServer offering(Map<Class<?>, Object> facets, MailServer.Builder builder, TlsMode tls)
      throws IOException, GeneralSecurityException {
    FarServer far = new FarServer(facets);
    far.listen(builder, "127.0.0.1", 0, tls, SmtpService.mx("far.example", far).build());
    return far;
  }

  /** With other services or TLS. */
  static FarServer start(MailServer.Builder builder, Function<MailHandler, EngineFactory> service)
      throws IOException, GeneralSecurityException {
    FarServer far = new FarServer(Map.of());
    far.listen(builder, "127.0.0.1", 0, TlsMode.STARTTLS, service.apply(far));
    return far;
  }

  private void listen(
      MailServer.Builder builder, String address, int port, TlsMode tls, EngineFactory service)
      throws IOException, GeneralSecurityException {
    server =
        builder.transport(new JdkTransport()).listen("smtp", address, port, tls, service).start();
  }

  int port() {
    return server.port("smtp");
  }

  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return Optional.ofNullable(facets.get(type)).map(type::cast);
  }

  @Override
  public Transaction begin(SmtpPeer peer) {
    transactions.incrementAndGet();
    connections.add(peer.connection().id());
    return new Taking(peer);
  }

  private final class Taking implements Transaction {
    private final SmtpPeer peer;
    private final List<String> accepted = new ArrayList<>();
    private ReversePath sender = ReversePath.NULL;
    private MailParameters parameters = MailParameters.NONE;

    Taking(SmtpPeer peer) {
      this.peer = peer;
    }

    @Override
    public Verdict from(ReversePath from, MailParameters given) {
      sender = from;
      parameters = given;
      return Verdict.OK;
    }

    @Override
    public List<Verdict> recipients(List<Recipient> recipients) {
      mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      beforeAnswer.run();
      atOnce.decrementAndGet();
      List<Verdict> verdicts = new ArrayList<>();
      for (Recipient recipient : recipients) {
        Verdict verdict = answers.apply(recipient);
        verdicts.add(verdict);
        if (verdict.accepted()) {
          Map<String, String> shown = new TreeMap<>(recipient.parameters());
          accepted.add(recipient.address() + (shown.isEmpty() ? "" : shown.toString()));
        }
      }
      return verdicts;
    }

    @Override
    public MessageSink body(BodyKind kind, OptionalLong declared) {
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      return new MessageSink() {
        @Override
        public void write(ByteBuffer chunk) {
          byte[] copy = new byte[chunk.remaining()];
          chunk.get(copy);
          octets.writeBytes(copy);
        }

        @Override
        public List<Verdict> finish() {
          Map<String, String> shown = new TreeMap<>(parameters.values());
          shown.remove("SIZE");
          messages.add(octets.toString(StandardCharsets.UTF_8));
          envelopes.add(
              peer.with()
                  + " <"
                  + sender
                  + "> "
                  + String.join(", ", accepted)
                  + (shown.isEmpty() ? "" : " " + shown));
          return List.of(Verdict.OK);
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }

  @Override
  public void close() {
    server.close();
  }
}
