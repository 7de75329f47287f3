package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.imap.ImapLimits;
import org.posthorn.imap.ImapService;
import org.posthorn.pop3.Pop3Limits;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.smtp.SmtpScripts;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;
import org.posthorn.testkit.transcript.SocketWires;
import org.posthorn.testkit.transcript.Transcript;
import org.posthorn.testkit.transcript.TranscriptRunner;

/**
 * The engines' transcripts over real sockets: every driver, every store. Left out are those that
 * need a hold on an engine, such as its clock, and those that say {@code @set harness only}.
 */
class ConformanceTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

  private static final MemoryAuthenticator IMAP_USERS =
      new MemoryAuthenticator().user("alice", "secret").user("bob", "secret");
  private static final MemoryAuthenticator POP3_USERS =
      new MemoryAuthenticator().user("alice", "secret").user("bob", "secret word");

  /** Those that need no hold on an engine. */
  private static final Map<String, Directive> DIRECTIVES =
      Map.of("deliver", ConformanceTest::deliver, "expunge", ConformanceTest::expunge);

  @TempDir Path folder;

  private interface Service {
    EngineFactory of(Transcript script, MailStore store);
  }

  @TestFactory
  Stream<DynamicTest> imap() throws IOException {
    return tests("imap-core", Setup.all().toList(), ConformanceTest::imap);
  }

  @TestFactory
  Stream<DynamicTest> pop3() throws IOException {
    return tests("pop3-core", Setup.all().toList(), ConformanceTest::pop3);
  }

  /** No store takes part in these. */
  @TestFactory
  Stream<DynamicTest> smtp() throws IOException {
    return tests(
        "smtp-core", Setup.each().toList(), (script, store) -> SmtpScripts.impatient(script));
  }

  private Stream<DynamicTest> tests(String module, List<Setup> setups, Service service)
      throws IOException {
    List<Transcript> scripts = scripts(module);
    assertFalse(scripts.isEmpty(), "no transcript of " + module + " can be run over sockets");
    return scripts.stream()
        .flatMap(
            script ->
                setups.stream()
                    .map(
                        setup ->
                            DynamicTest.dynamicTest(
                                script.name() + ", " + setup, () -> run(script, setup, service))));
  }

  private static List<Transcript> scripts(String module) throws IOException {
    Path root = Repository.ROOT.resolve(module).resolve("src/test/resources/transcripts");
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> sorted = files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
      Stream.Builder<Transcript> scripts = Stream.builder();
      for (Path file : sorted) {
        scripts.add(Transcript.read(file));
      }
      return scripts
          .build()
          .filter(script -> DIRECTIVES.keySet().containsAll(script.directives()))
          .filter(script -> script.setting("harness").isEmpty())
          .toList();
    }
  }

  private void run(Transcript script, Setup setup, Service service) throws Exception {
    Path mail = Files.createTempDirectory(folder, "mail");
    MailStore store = setup.store().open(mail, Clock.fixed(NOW, ZoneOffset.UTC));
    AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
    accounts.create("alice");
    accounts.create("bob");
    try (store;
        MailServer server =
            MailServer.builder()
                .transport(setup.driver().transport())
                .tls(TestTls.server())
                .listen("service", TestServer.HOST, 0, TlsMode.STARTTLS, service.of(script, store))
                .start()) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port("service"));
      SocketWires wires = new SocketWires(address, TestTls.client());
      DIRECTIVES.forEach(
          (name, directive) -> wires.with(name, argument -> directive.run(store, argument)));
      TranscriptRunner.run(script, wires);
    }
  }

  /** What happens to a user's INBOX behind the back of a session. */
  private interface Directive {
    void apply(Account account, String argument) throws StoreException;

    /** The argument begins with the user's name. */
    default void run(MailStore store, String argument) {
      String[] words = argument.split(" ", 2);
      try (Account account = store.open(Identity.owner(words[0]))) {
        apply(account, words[1]);
      } catch (StoreException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void deliver(Account account, String message) throws StoreException {
    try (AppendGroup group = account.beginAppend(MailboxName.INBOX, Optional.empty())) {
      IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
      byte[] octets = message.replace("\\n", "\r\n").getBytes(StandardCharsets.UTF_8);
      append.write(ByteBuffer.wrap(octets));
      append.end();
      group.commit();
    }
  }

  private static void expunge(Account account, String uid) throws StoreException {
    try (Mailbox inbox = account.open(MailboxName.INBOX, Access.WRITE)) {
      inbox.remove(UidSet.of(Long.parseLong(uid)));
    }
  }

  private static EngineFactory imap(Transcript script, MailStore store) {
    ImapService.Builder service =
        ImapService.builder()
            .store(store)
            .hostname("imap.example.org")
            .authenticator(IMAP_USERS)
            .sasl(sasl(script.setting("passwords").contains("tls-only")))
            .failureDelay(FailureDelay.NONE);
    script.setting("without").forEach(service::without);
    for (String rows : script.setting("page")) {
      service.limits(ImapLimits.builder().pageRows(Integer.parseInt(rows)).build());
    }
    return service.build();
  }

  private static EngineFactory pop3(Transcript script, MailStore store) {
    Pop3Limits limits = Pop3Limits.DEFAULTS;
    for (String errors : script.setting("errors")) {
      limits = limits.withBadCommands(Integer.parseInt(errors));
    }
    return Pop3Service.builder()
        .store(store)
        .authenticator(POP3_USERS)
        .sasl(sasl(!script.setting("tls-only").isEmpty()))
        .failureDelay(FailureDelay.NONE)
        .limits(limits)
        .build();
  }

  private static SaslPolicy sasl(boolean tlsOnly) {
    return tlsOnly ? SaslPolicy.STANDARD : SaslPolicy.STANDARD.allowingPasswordsWithoutTls();
  }
}
