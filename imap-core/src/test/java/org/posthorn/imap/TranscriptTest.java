package org.posthorn.imap;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.posthorn.imap.search.SearchLimits;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.MailStore;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.memory.MemoryLimits;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.Feed;
import org.posthorn.testkit.sasl.EveryMechanism;
import org.posthorn.testkit.transcript.HarnessWires;
import org.posthorn.testkit.transcript.Transcript;
import org.posthorn.testkit.transcript.TranscriptTests;
import org.posthorn.testkit.transcript.Wires;

/**
 * Every script over the memory store. Users are alice and bob, their password is secret.
 *
 * <p>{@code @set passwords tls-only}, {@code @set mechanisms every}, {@code @set delay standard}, {@code @set page ROWS}, {@code
 * @set without EXTENSION}, {@code @set literals minus}, {@code @set remembers
 * RANGES} of vanished messages, {@code @set quota RESOURCE
 * LIMIT}, {@code @set persona on}, {@code @set notify MAILBOXES}, {@code @set contexts NUMBER OCTETS},
 * {@code @set messagelimit MESSAGES}, {@code @set savelimit MESSAGES}, {@code @set index on}, {@code @set hints some}.
 */
class TranscriptTest extends TranscriptTests {
  /** One for all runs: salts are random. */
  private static final MemoryAuthenticator USERS =
      new MemoryAuthenticator().user("alice", "secret").user("bob", "secret");

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);

  /** RFC 8474: identifiers are unique over all stores. */
  @Override
  protected String comparable(String output) {
    return output.replaceAll("(MAILBOXID|EMAILID|THREADID) \\([^)]*\\)", "$1 (id)");
  }

  @Override
  protected Wires wires(Transcript script, Feed feed) {
    MemoryLimits limits = MemoryLimits.DEFAULTS;
    for (String ranges : script.setting("remembers")) {
      limits = limits.withVanishedRanges(Integer.parseInt(ranges));
    }
    MemoryStore store =
        MemoryStore.builder().clock(CLOCK).limits(limits).quotas(quotas(script)).build();
    store.createAccount("alice");
    store.createAccount("bob");
    MailStore indexed = script.setting("index").isEmpty() ? store : new IndexedStore(store);
    if (!script.setting("hints").isEmpty()) {
      indexed = new PromisingStore(indexed, Set.of());
    }
    ImapService.Builder service =
        ImapService.builder().store(indexed).hostname("imap.example.org").authenticator(USERS);
    if (script.setting("mechanisms").equals(List.of("every"))) {
      store.createAccount(EveryMechanism.GUESTS);
      service.sasl(EveryMechanism.policy("alice", "token").allowingPasswordsWithoutTls());
    } else if (!script.setting("passwords").equals(List.of("tls-only"))) {
      service.sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls());
    }
    if (!script.setting("delay").equals(List.of("standard"))) {
      service.failureDelay(FailureDelay.NONE);
    }
    script.setting("without").forEach(service::without);
    if (script.setting("literals").equals(List.of("minus"))) {
      service.smallLiteralsOnly();
    }
    if (script.setting("persona").equals(List.of("on"))) {
      service.extension(Personas.xlist()).extension(Personas.gmail());
    }
    for (String rows : script.setting("page")) {
      service.limits(ImapLimits.builder().pageRows(Integer.parseInt(rows)).build());
    }
    for (String mailboxes : script.setting("notify")) {
      NotifyLimits notify =
          new NotifyLimits(Integer.parseInt(mailboxes), NotifyLimits.DEFAULTS.look());
      service.limits(ImapLimits.builder().notifying(notify).build());
    }
    for (String messages : script.setting("messagelimit")) {
      service.limits(ImapLimits.builder().messageLimit(Integer.parseInt(messages)).build());
    }
    for (String messages : script.setting("savelimit")) {
      service.limits(ImapLimits.builder().saveLimit(Integer.parseInt(messages)).build());
    }
    for (String contexts : script.setting("contexts")) {
      String[] words = contexts.split(" ", 2);
      service.searchLimits(
          SearchLimits.DEFAULTS.withContexts(Integer.parseInt(words[0]), Long.parseLong(words[1])));
    }
    return new HarnessWires(service.build(), feed).onClose(store::close);
  }

  /** Lines such as {@code storage 10240}. */
  private static QuotaPolicy quotas(Transcript script) {
    QuotaLimits limits = QuotaLimits.UNLIMITED;
    for (String line : script.setting("quota")) {
      String[] words = line.split(" ", 2);
      QuotaResource resource = QuotaResource.valueOf(words[0].toUpperCase(Locale.ROOT));
      limits = limits.with(resource, Long.parseLong(words[1]));
    }
    QuotaLimits all = limits;
    return new QuotaPolicy() {
      @Override
      public QuotaLimits account(String account) {
        return all;
      }
    };
  }
}
