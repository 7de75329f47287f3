package org.posthorn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.delivery.AccountPolicy;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.jdbc.SqliteStore;
import org.posthorn.store.memory.MemoryStore;
import picocli.CommandLine;

/** What the options about retention come to. */
class RetentionOptionsTest {
  private static final MailboxName SPAM = MailboxName.of("Spam");

  private final MemoryStore store = MemoryStore.withAccounts("alice", "bob");
  private final Clock inAYear = Clock.offset(Clock.systemUTC(), Duration.ofDays(366));

  private static RetentionOptions options(String... arguments) {
    ServeOptions options = new ServeOptions();
    new CommandLine(options).parseArgs(arguments);
    return options.retention;
  }

  private void appendSpam() throws Exception {
    try (Account account = store.open(Identity.owner("alice"))) {
      account.create(SPAM, Set.of(SpecialUse.JUNK));
      try (AppendGroup group = account.beginAppend(SPAM, Optional.empty())) {
        IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
        append.write(ByteBuffer.wrap("A: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        append.end();
        group.commit();
      }
    }
  }

  @Test
  void foldersByNameAndBySpecialUse() throws Exception {
    for (String option : List.of("\\Junk=30", "\\junk=30", "Spam=30")) {
      RetentionOptions options = options("--expire", option);
      store.facet(AccountDirectory.class).orElseThrow().delete("alice");
      store.facet(AccountDirectory.class).orElseThrow().create("alice");
      appendSpam();
      assertEquals(0, options.retention(store, Clock.systemUTC()).orElseThrow().run().messages());
      assertEquals(1, options.retention(store, inAYear).orElseThrow().dryRun().messages());
      assertEquals(1, options.retention(store, inAYear).orElseThrow().run().messages());
    }
  }

  @Test
  void idleAccountsAreDeletedAndThoseThatAreKeptAreNot() throws Exception {
    RetentionOptions options = options("--delete-idle", "183", "--keep-account", "bob");
    assertEquals(1, options.retention(store, inAYear).orElseThrow().run().accounts());
    assertFalse(store.facet(AccountDirectory.class).orElseThrow().exists("alice"));
    assertTrue(store.facet(AccountDirectory.class).orElseThrow().exists("bob"));
  }

  @Test
  void withoutOptionsNothingGoesAndNothingIsRefused() {
    assertEquals(Optional.empty(), options().retention(store, inAYear));
    assertSame(AccountPolicy.TAKES_ALL, options().policy(store, inAYear));
  }

  @Test
  void aWrongRuleIsRefusedInItsOwnTerms() {
    for (String wrong : List.of("Spam", "Spam=", "Spam=soon", "=30")) {
      RetentionOptions options = options("--expire", wrong);
      assertThrows(IllegalArgumentException.class, () -> options.retention(store, inAYear), wrong);
    }
  }

  @Test
  void theCommandRunsTheRulesOnce(@TempDir Path folder) throws Exception {
    Clock aYearAgo = Clock.offset(Clock.systemUTC(), Duration.ofDays(-366));
    try (MailStore files = SqliteStore.in(folder).clock(aYearAgo).open()) {
      files.facet(AccountDirectory.class).orElseThrow().create("alice");
    }
    String store = "sqlite:" + folder;
    assertEquals(
        "0 dry run: 0 messages, 1 accounts, 0 failures",
        run("--store", store, "--delete-idle", "183", "--retention-dry-run"));
    assertEquals(
        "0 0 messages, 1 accounts, 0 failures", run("--store", store, "--delete-idle", "183"));
    assertEquals(
        "0 0 messages, 0 accounts, 0 failures", run("--store", store, "--delete-idle", "183"));
    assertEquals("1 ", run("--store", store), "no rule");
  }

  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new RetentionCommand()).setOut(new PrintWriter(out));
    int status = line.execute(arguments);
    return status + " " + out.toString().strip();
  }
}
