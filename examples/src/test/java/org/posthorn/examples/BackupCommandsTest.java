package org.posthorn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.backup.Backup;
import org.posthorn.backup.StoreTarget;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.MailStore;

/** The commands around backups, as they are typed. */
class BackupCommandsTest {
  @TempDir Path directory;
  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    return PosthornServer.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  @Test
  void mailGoesInAndOutAndComesBack() throws Exception {
    Files.writeString(
        directory.resolve("archive"),
        """
        From a Thu Jan  1 00:00:01 1970
        Subject: one

        >From Thu

        From a Thu Jan  1 00:00:02 1970
        Subject: two

        text

        """);
    String first = "sqlite:" + path("first");
    assertEquals(
        0,
        run(
            "import",
            "--store",
            first,
            "--account",
            "anna",
            "--format",
            "mbox",
            "--from",
            path("archive")),
        errors::toString);
    // As a server that runs has it.
    try (MailStore serving = StoreOption.open(first)) {
      assertTrue(serving.facet(AccountDirectory.class).orElseThrow().exists("anna"));
      assertEquals(0, run("backup", "--store", first, "--to", path("backup")), errors::toString);
      assertEquals(1, run("restore", "--store", first, "--from", path("backup")));
      assertTrue(errors.toString().contains("in use by another server"), errors::toString);
    }
    assertEquals(0, run("verify", "--from", path("backup")), errors::toString);
    String second = "sqlite:" + path("second");
    assertEquals(0, run("restore", "--store", second, "--from", path("backup")), errors::toString);
    String third = "sqlite:" + path("third");
    assertEquals(0, run("copy", "--from", second, "--to", third), errors::toString);
    assertEquals(
        0,
        run(
            "export",
            "--store",
            third,
            "--account",
            "anna",
            "--format",
            "eml",
            "--to",
            path("eml")),
        errors::toString);
    try (Stream<Path> files = Files.list(directory.resolve("eml/INBOX"))) {
      List<Path> messages = files.sorted().toList();
      assertEquals(2, messages.size());
      assertEquals("Subject: one\r\n\r\nFrom Thu\r\n", Files.readString(messages.get(0)));
    }
    try (MailStore store = StoreOption.open(third)) {
      assertTrue(store.facet(AccountDirectory.class).orElseThrow().exists("anna"));
    }
  }

  @Test
  void aBackupThatWasDamagedIsTold() throws Exception {
    String store = "sqlite:" + path("store");
    Files.writeString(
        directory.resolve("archive"), "From a Thu Jan  1 00:00:01 1970\nSubject: one\n\n");
    run(
        "import",
        "--store",
        store,
        "--account",
        "anna",
        "--format",
        "mbox",
        "--from",
        path("archive"));
    run("backup", "--store", store, "--to", path("backup"));
    try (Stream<Path> files = Files.walk(directory.resolve("backup"))) {
      for (Path file : files.filter(f -> f.toString().contains("posthorn:2")).toList()) {
        Files.delete(file);
      }
    }
    assertEquals(1, run("verify", "--from", path("backup")));
  }

  @Test
  void anAccountThatFailsIsNamedAndTheOthersAreDone() throws Exception {
    String first = "sqlite:" + path("first");
    try (MailStore store = StoreOption.open(first)) {
      StoreTarget.create(store, List.of("anna", "bert", "carl"));
    }
    // A file where a folder is to be.
    Path accounts = Files.createDirectories(directory.resolve("backup/accounts"));
    Files.createFile(accounts.resolve("bert"));
    assertEquals(1, run("backup", "--store", first, "--to", path("backup")));
    assertEquals(List.of("anna", "carl"), Backup.in(directory.resolve("backup")).accounts());
    Files.delete(accounts.resolve("bert"));
    assertEquals(0, run("backup", "--store", first, "--to", path("backup")));
    Files.delete(accounts.resolve("bert/catalog.jsonl"));
    assertEquals(1, run("verify", "--from", path("backup")), "bert has no catalog");
    Files.delete(accounts.resolve("anna/catalog.jsonl"));
    Files.createFile(accounts.resolve("anna/catalog.jsonl"));
    String second = "sqlite:" + path("second");
    assertEquals(1, run("restore", "--store", second, "--from", path("backup")));
    try (MailStore store = StoreOption.open(second)) {
      assertTrue(store.facet(AccountDirectory.class).orElseThrow().exists("carl"));
    }
  }

  @Test
  void whatIsNotInABackupIsSaidSo() throws Exception {
    String store = "sqlite:" + path("store");
    assertEquals(2, run("restore", "--store", store, "--from", path("nothing")));
    assertTrue(errors.toString().contains("no backup in " + path("nothing")), errors::toString);
    assertTrue(Files.notExists(directory.resolve("store")), "nothing was begun");
    try (MailStore empty = StoreOption.open(store)) {
      empty.facet(AccountDirectory.class).orElseThrow().create("anna");
    }
    assertEquals(0, run("backup", "--store", store, "--to", path("backup")), errors::toString);
    PrintStream terminal = System.err;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      int status =
          run("restore", "--store", store, "--from", path("backup"), "--account", "nobody");
      assertEquals(1, status);
    } finally {
      System.setErr(terminal);
    }
    String said = told.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("no backup of nobody in " + path("backup")), said);
  }
}
