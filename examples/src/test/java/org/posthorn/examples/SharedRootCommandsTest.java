package org.posthorn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.backup.StoreTarget;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Quotas;
import org.posthorn.store.jdbc.EmbeddedPostgres;
import org.posthorn.store.jdbc.PostgresStore;
import org.posthorn.store.jdbc.SqliteStore;
import picocli.CommandLine;

/** Commands, which know no quotas, over a store whose accounts count in a shared root. */
class SharedRootCommandsTest {
  private static final String GROUP = "group";
  private static final QuotaPolicy POLICY =
      new QuotaPolicy() {
        @Override
        public List<String> sharedRoots(String account) {
          return List.of(GROUP);
        }
      };

  @TempDir Path directory;

  private static void run(Callable<Integer> command, String... arguments) {
    StringWriter errors = new StringWriter();
    int status =
        new CommandLine(command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setErr(new PrintWriter(errors, true))
            .execute(arguments);
    assertEquals(0, status, errors::toString);
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private String store(String name) {
    return "sqlite:" + path(name);
  }

  private MailStore open(String name) throws Exception {
    return SqliteStore.in(directory.resolve(name)).quotas(POLICY).open();
  }

  @BeforeEach
  void twoMembersWhoAreCounted() throws Exception {
    Files.writeString(
        directory.resolve("archive"),
        """
        From a Thu Jan  1 00:00:01 1970
        Subject: one

        From a Thu Jan  1 00:00:02 1970
        A: 2

        """);
    try (MailStore open = open("store")) {
      StoreTarget.create(open, List.of("anna", "bert"));
    }
    assertCounts("store", 0, 2);
    importTo("store", "anna");
  }

  private void importTo(String name, String account) {
    run(
        new ImportCommand(),
        "--store",
        store(name),
        "--account",
        account,
        "--format",
        "mbox",
        "--from",
        path("archive"));
  }

  private void assertCounts(String name, long messages, long mailboxes) throws Exception {
    try (MailStore open = open(name)) {
      Quotas quotas = open.facet(Quotas.class).orElseThrow();
      QuotaRoot root = quotas.root(Identity.owner("anna"), GROUP);
      assertEquals(messages, root.used().messages());
      assertEquals(mailboxes, root.used().mailboxes());
      assertEquals(QuotaUse.NONE, quotas.recount("anna"));
      assertEquals(QuotaUse.NONE, quotas.recount("bert"));
      assertEquals(root, quotas.root(Identity.owner("anna"), GROUP));
    }
  }

  @Test
  void whatIsImportedCounts() throws Exception {
    assertCounts("store", 2, 2);
    importTo("store", "bert");
    assertCounts("store", 4, 2);
  }

  @Test
  void anExportChangesNothing() throws Exception {
    run(
        new ExportCommand(),
        "--store",
        store("store"),
        "--account",
        "anna",
        "--format",
        "maildir",
        "--to",
        path("maildir"));
    assertCounts("store", 2, 2);
  }

  @Test
  void whatIsRestoredCounts() throws Exception {
    run(new BackupCommand(), "--store", store("store"), "--to", path("backup"));
    importTo("store", "anna");
    assertCounts("store", 4, 2);
    run(new RestoreCommand(), "--store", store("store"), "--from", path("backup"));
    assertCounts("store", 2, 2);
  }

  @Test
  void whatIsCopiedCounts() throws Exception {
    try (MailStore open = open("other")) {
      StoreTarget.create(open, List.of("anna", "bert"));
    }
    run(new CopyCommand(), "--from", store("store"), "--to", store("other"));
    assertCounts("other", 2, 2);
  }

  /** PostgreSQL keeps the figures itself, so that a server may go on meanwhile. */
  @Test
  void aServerOnTheSameDatabaseKnowsWhatIsImported() throws Exception {
    String address = EmbeddedPostgres.emptied();
    try (MailStore serving = PostgresStore.at(address).quotas(POLICY).connections(2, 2).open()) {
      StoreTarget.create(serving, List.of("anna", "bert"));
      Quotas quotas = serving.facet(Quotas.class).orElseThrow();
      assertEquals(0, quotas.root(Identity.owner("anna"), GROUP).used().messages());
      run(
          new ImportCommand(),
          "--store",
          address,
          "--account",
          "anna",
          "--format",
          "mbox",
          "--from",
          path("archive"));
      QuotaRoot root = quotas.root(Identity.owner("bert"), GROUP);
      assertEquals(2, root.used().messages());
      assertEquals(QuotaUse.NONE, quotas.recount("anna"));
      assertEquals(root, quotas.root(Identity.owner("bert"), GROUP));
    }
  }
}
