package org.posthorn.server.netty;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.posthorn.imap.ImapLimits;
import org.posthorn.imap.ImapService;
import org.posthorn.pop3.Pop3Limits;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.server.LineServices;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsConfig;
import org.posthorn.server.TlsMode;
import org.posthorn.server.Transport;
import org.posthorn.server.jdk.JdkTransport;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.transcript.SocketWires;
import org.posthorn.testkit.transcript.Transcript;
import org.posthorn.testkit.transcript.TranscriptRunner;

/**
 * The transcripts of IMAP and POP3 once more, over real sockets and both transports: all that need
 * neither a clock nor failing calls at will.
 */
class TranscriptsOverSocketsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);

  private static final Set<String> DIRECTIVES = Set.of("deliver");

  /**
   * Sends commands behind STARTTLS, which real TLS breaks on: TransportContract has its
   * counterpart.
   */
  private static final String INJECTION = "tls.txt";

  /** Salts are random and hashing takes time: one for all. */
  private static final MemoryAuthenticator IMAP_USERS =
      new MemoryAuthenticator().user("alice", "secret").user("bob", "secret");

  private static final MemoryAuthenticator POP3_USERS =
      new MemoryAuthenticator().user("alice", "secret").user("bob", "secret word");

  private interface Service {
    EngineFactory of(Transcript script, MemoryStore store);
  }

  @TestFactory
  Stream<DynamicTest> imap() throws IOException {
    return tests("imap-core", TranscriptsOverSocketsTest::imap);
  }

  @TestFactory
  Stream<DynamicTest> pop3() throws IOException {
    return tests("pop3-core", TranscriptsOverSocketsTest::pop3);
  }

  private static EngineFactory imap(Transcript script, MemoryStore store) {
    ImapService.Builder service =
        ImapService.builder()
            .store(store)
            .hostname("imap.example.org")
            .authenticator(IMAP_USERS)
            .failureDelay(FailureDelay.NONE);
    if (!script.setting("passwords").equals(List.of("tls-only"))) {
      service.sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls());
    }
    script.setting("without").forEach(service::without);
    for (String rows : script.setting("page")) {
      service.limits(ImapLimits.builder().pageRows(Integer.parseInt(rows)).build());
    }
    return service.build();
  }

  private static EngineFactory pop3(Transcript script, MemoryStore store) {
    Pop3Limits limits = Pop3Limits.DEFAULTS;
    for (String errors : script.setting("errors")) {
      limits = limits.withBadCommands(Integer.parseInt(errors));
    }
    return Pop3Service.builder()
        .store(store)
        .authenticator(POP3_USERS)
        .sasl(
            script.setting("tls-only").isEmpty()
                ? SaslPolicy.STANDARD.allowingPasswordsWithoutTls()
                : SaslPolicy.STANDARD)
        .failureDelay(FailureDelay.NONE)
        .limits(limits)
        .build();
  }

  private static Stream<DynamicTest> tests(String module, Service service) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : transcripts(module)) {
      Transcript script = Transcript.read(file);
      if (DIRECTIVES.containsAll(script.directives())
          && script.setting("delay").isEmpty()
          && script.setting("harness").isEmpty()
          && !script.name().equals(INJECTION)) {
        tests.add(test(script, "jdk", JdkTransport::new, service));
        tests.add(test(script, "netty", NettyTransport::new, service));
      }
    }
    assertTrue(tests.size() >= 10, "transcripts are not found");
    return tests.stream();
  }

  private static List<Path> transcripts(String module) throws IOException {
    Path folder = Path.of("..", module, "src", "test", "resources", "transcripts");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  private static DynamicTest test(
      Transcript script, String name, Supplier<Transport> transport, Service service) {
    return DynamicTest.dynamicTest(
        script.name() + " over " + name, () -> run(script, transport.get(), service));
  }

  private static void run(Transcript script, Transport transport, Service service)
      throws IOException {
    MemoryStore store = MemoryStore.builder().clock(CLOCK).build();
    store.createAccount("alice");
    store.createAccount("bob");
    try (store;
        MailServer server =
            MailServer.builder()
                .transport(transport)
                .tls(TlsConfig.of(LineServices.keyStore(), "secret".toCharArray()))
                .listen("it", "127.0.0.1", 0, TlsMode.STARTTLS, service.of(script, store))
                .start()) {
      TranscriptRunner.run(
          script,
          new SocketWires(server.address("it"), clientTls())
              .with("deliver", argument -> deliver(store, argument)));
    }
  }

  private static void deliver(MemoryStore store, String argument) {
    String[] words = argument.split(" ", 2);
    byte[] message = words[1].replace("\\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    try (Account open = store.open(Identity.owner(words[0]));
        AppendGroup group = open.beginAppend(MailboxName.INBOX, Optional.empty())) {
      IndexingAppend append =
          new IndexingAppend(group.next(AppendSpec.plain().withSize(message.length)));
      append.write(ByteBuffer.wrap(message));
      append.end();
      group.commit();
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext clientTls() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(LineServices.trustStore());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
