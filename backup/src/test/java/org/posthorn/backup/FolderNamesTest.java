package org.posthorn.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Account;
import org.posthorn.store.Flags;
import org.posthorn.store.MailboxName;
import org.posthorn.store.memory.MemoryStore;

/** Names that file systems and JVMs refuse, or take for the same. */
class FolderNamesTest {
  /** A letter of two octets, so that one segment has 300. */
  private static final String LONG = "ö".repeat(150);

  @TempDir Path directory;

  private static List<MailboxName> hardNames() {
    List<String> deep = new ArrayList<>();
    for (int level = 0; level < 60; level++) {
      deep.add("level " + level);
    }
    return List.of(
        MailboxName.of(deep),
        MailboxName.of(LONG),
        MailboxName.of(LONG + "x"),
        MailboxName.of("Foo"),
        MailboxName.of("foo"),
        MailboxName.of("日本.語", "~ and % \\ : *"));
  }

  private static void fill(MemoryStore store, String account) throws Exception {
    try (Account open = Mail.open(store, account)) {
      for (MailboxName name : hardNames()) {
        open.create(name, Set.of());
        Mail.append(open, name, Flags.NONE, "Subject: " + name.last().length() + "\r\n\r\n");
      }
    }
  }

  @Test
  void everyNameIsBackedUpAndComesBack() throws Exception {
    MemoryStore store = MemoryStore.withAccounts("anna", "Anna", "jörg", "a".repeat(300));
    for (String account : List.of("anna", "Anna", "jörg", "a".repeat(300))) {
      fill(store, account);
    }
    Backup backup = Backup.in(directory.resolve("backup"));
    assertEquals(Map.of(), backup.all(store, Progress.NONE).failed());
    assertEquals(Map.of(), backup.all(store, Progress.NONE).failed());
    assertEquals(4, backup.accounts().size());
    MemoryStore other = MemoryStore.builder().build();
    for (String account : backup.accounts()) {
      assertEquals(List.of(), backup.verify(account, Progress.NONE));
      backup.restore(other, account, Progress.NONE);
      assertEquals(Mail.of(store, account), Mail.of(other, account));
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.toList()) {
        String name = path.getFileName().toString();
        assertTrue(name.length() < 255, name);
        assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(name), name);
      }
    }
  }

  @Test
  void everyNameIsExported() throws Exception {
    MemoryStore store = MemoryStore.withAccounts("anna");
    fill(store, "anna");
    List<MailTarget> targets =
        List.of(
            new MaildirTarget(directory.resolve("maildir")),
            new MboxTarget(directory.resolve("mbox")),
            new EmlTarget(directory.resolve("eml")));
    for (MailTarget target : targets) {
      try (target;
          MailSource source = StoreSource.of(store, "anna")) {
        assertEquals(6, Transfer.run("anna", source, target, Progress.NONE).messages());
      }
    }
    for (MailSource source :
        List.of(
            new MaildirSource(directory.resolve("maildir")),
            new MboxSource(directory.resolve("mbox")),
            new EmlSource(directory.resolve("eml")))) {
      MemoryStore other = MemoryStore.withAccounts("anna");
      try (source;
          MailTarget target = StoreTarget.adding(other, "anna")) {
        assertEquals(6, Transfer.run("anna", source, target, Progress.NONE).messages());
      }
    }
  }

  @Test
  void accountsNeverShareAFolder() {
    assertNotEquals(
        FolderNames.account("Anna").toLowerCase(Locale.ROOT),
        FolderNames.account("anna").toLowerCase(Locale.ROOT));
    assertEquals("Anna", FolderNames.ofFile(FolderNames.account("Anna")));
    assertEquals("jörg@example.org", FolderNames.ofFile(FolderNames.account("jörg@example.org")));
    assertNotEquals(FolderNames.account("a".repeat(300)), FolderNames.account("a".repeat(301)));
  }

  /** As backups of earlier builds have it. */
  @Test
  void aFolderOfTheFormerNameIsReadAndKept() throws Exception {
    MemoryStore store = MemoryStore.withAccounts("Jörg");
    fill(store, "Jörg");
    Backup backup = Backup.in(directory);
    backup.all(store, Progress.NONE);
    Path accounts = directory.resolve("accounts");
    Files.move(
        accounts.resolve(FolderNames.account("Jörg")),
        accounts.resolve(FolderNames.formerAccount("Jörg")));
    assertEquals(List.of("Jörg"), backup.accounts());
    assertEquals(List.of(), backup.verify("Jörg", Progress.NONE));
    assertEquals(0, backup.all(store, Progress.NONE).done().written());
    assertFalse(Files.exists(accounts.resolve(FolderNames.account("Jörg"))));
  }

  /** Runs in a JVM that cannot name files but in ASCII. */
  public static final class InAscii {
    private InAscii() {}

    public static void main(String[] arguments) throws Exception {
      FolderNamesTest test = new FolderNamesTest();
      test.directory = Path.of(arguments[0]);
      test.everyNameIsBackedUpAndComesBack();
      test.everyNameIsExported();
      System.out.println(System.getProperty("sun.jnu.encoding") + " done");
    }
  }

  @Test
  void aJvmThatNamesFilesInAsciiDoesTheSame() throws Exception {
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Dsun.jnu.encoding=ANSI_X3.4-1968",
            InAscii.class.getName(),
            Files.createDirectories(directory.resolve("ascii")).toString());
    builder.environment().put("LC_ALL", "C");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "it hangs");
    String text = Files.readString(output);
    assertEquals(0, process.exitValue(), text);
    assertTrue(text.contains("ANSI_X3.4-1968 done"), text);
  }
}
