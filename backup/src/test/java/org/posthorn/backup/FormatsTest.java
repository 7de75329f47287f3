package org.posthorn.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.Account;
import org.posthorn.store.Flags;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.memory.MemoryStore;

/** Export and import of what other programs read and write. */
class FormatsTest {
  private static final String ANNA = "anna";
  private static final String PLAIN =
      "From: a@example.org\r\nSubject: plain\r\n\r\nFrom here\r\n>From there\r\n\r\nend\r\n";
  private static final String EMPTY = "Subject: empty\r\n\r\n";

  @TempDir Path directory;
  private final MemoryStore store = MemoryStore.withAccounts(ANNA);
  private final MemoryStore other = MemoryStore.builder().build();
  private MailboxName nested;

  @BeforeEach
  void fill() throws Exception {
    nested = MailboxName.of("Listen", "Grüße. an: alle");
    try (Account account = Mail.open(store, ANNA)) {
      account.create(nested, Set.of());
      account.subscribe(nested);
      Flags flags =
          Flags.of(SystemFlag.SEEN, SystemFlag.FLAGGED, SystemFlag.ANSWERED).withKeyword("$Work");
      Mail.append(account, MailboxName.INBOX, flags, PLAIN);
      Mail.append(account, MailboxName.INBOX, Flags.NONE, EMPTY);
      Mail.append(account, nested, Flags.of(SystemFlag.DRAFT), PLAIN);
    }
  }

  private void carry(MailTarget target, Opening source) throws Exception {
    try (MailSource from = StoreSource.of(store, ANNA)) {
      Transfer.run(ANNA, from, target, Progress.NONE);
    }
    target.close();
    try (MailSource from = source.open();
        MailTarget to = StoreTarget.adding(other, ANNA)) {
      Transfer.run(ANNA, from, to, Progress.NONE);
    }
  }

  private interface Opening {
    MailSource open() throws IOException;
  }

  private void sameMessages() throws Exception {
    for (MailboxName name : List.of(MailboxName.INBOX, nested)) {
      assertEquals(Mail.messages(store, ANNA, name), Mail.messages(other, ANNA, name));
    }
  }

  @Test
  void maildir() throws Exception {
    carry(new MaildirTarget(directory), () -> new MaildirSource(directory));
    sameMessages();
    assertTrue(Mail.of(other, ANNA).toString().contains("alle SELECTABLE true"));
    assertTrue(Files.isDirectory(directory.resolve(".Listen.Gr&APwA3w-e&AC4- an: alle/cur")));
  }

  @Test
  void mbox() throws Exception {
    carry(new MboxTarget(directory), () -> new MboxSource(directory));
    sameMessages();
    String file = Files.readString(directory.resolve("INBOX.mbox"), StandardCharsets.ISO_8859_1);
    assertTrue(file.startsWith("From MAILER-DAEMON Wed Mar  4 04:06:07 2026\nStatus: RO\n"), file);
    assertTrue(file.contains("\n>From here\n>>From there\n"), file);
  }

  @Test
  void eml() throws Exception {
    carry(new EmlTarget(directory), () -> new EmlSource(directory));
    assertEquals(
        List.of(Flags.NONE + " " + PLAIN, Flags.NONE + " " + EMPTY),
        Mail.messages(other, ANNA, MailboxName.INBOX));
  }

  @Test
  void anMboxOfAnotherProgram() throws Exception {
    Path file = directory.resolve("archive");
    Files.writeString(
        file,
        """

        From someone at example Thu Jan  1 00:00:01 1970
        Subject: one
        X-Status: D

        text
        From inside is no separator after text

        From b@example.org Fri Jan  2 00:00:01 1970
        Subject: two
        """);
    try (MailSource from = new MboxSource(file);
        MailTarget to = StoreTarget.adding(other, ANNA)) {
      Transfer.run(ANNA, from, to, Progress.NONE);
    }
    assertEquals(
        List.of(
            Flags.of(SystemFlag.DELETED)
                + " Subject: one\r\n\r\ntext\r\nFrom inside is no separator after text\r\n",
            Flags.NONE + " Subject: two\r\n"),
        Mail.messages(other, ANNA, MailboxName.INBOX));
  }

  private List<String> imported(MailSource source) throws Exception {
    try (source;
        MailTarget to = StoreTarget.adding(other, ANNA)) {
      Transfer.run(ANNA, source, to, Progress.NONE);
    }
    return Mail.messages(other, ANNA, MailboxName.INBOX);
  }

  @Test
  void aStatusOfSomethingElseStaysInTheMessage() throws Exception {
    Path file = directory.resolve("tickets");
    Files.writeString(file, "From a Thu Jan  1 00:00:01 1970\nStatus: Resolved\nX-Status: AF\n\n");
    assertEquals(
        List.of(Flags.of(SystemFlag.ANSWERED, SystemFlag.FLAGGED) + " Status: Resolved\r\n"),
        imported(new MboxSource(file)));
  }

  @Test
  void aLineOfAnyLengthIsReadInPieces() throws Exception {
    for (int length : new int[] {(64 << 10) - 1, 64 << 10, (64 << 10) + 1, 300_000}) {
      String line = "x".repeat(length);
      Path file = directory.resolve("long" + length);
      Files.writeString(
          file,
          "From a Thu Jan  1 00:00:01 1970\nSubject: a\n\n" + line + "\r\n>From " + line + "\n\n");
      List<String> messages = imported(new MboxSource(file));
      assertEquals(
          Flags.NONE + " Subject: a\r\n\r\n" + line + "\r\nFrom " + line + "\r\n",
          messages.get(messages.size() - 1));
    }
  }

  @Test
  void aMaildirInUse() throws Exception {
    for (String part : List.of("cur", "new", "tmp")) {
      Files.createDirectories(directory.resolve(part));
    }
    for (String name : List.of("1.a", "2.b", "3.c")) {
      Files.writeString(directory.resolve("new").resolve(name), "Subject: " + name + "\n\n");
    }
    MaildirSource source = new MaildirSource(directory);
    List<String> seen = new ArrayList<>();
    source.messages(
        source.mailboxes().get(0),
        (row, content) -> {
          if (seen.isEmpty()) {
            Files.move(directory.resolve("new/2.b"), directory.resolve("cur/2.b:2,S"));
            Files.delete(directory.resolve("new/3.c"));
          }
          seen.add(row.flags().toString());
        });
    assertEquals(List.of(Flags.NONE.toString(), Flags.of(SystemFlag.SEEN).toString()), seen);
  }

  /** Its names are not those that we would give. */
  @Test
  void filesAreFoundWhateverTheirNamesAre() throws Exception {
    Files.writeString(
        directory.resolve("a:b.mbox"), "From a Thu Jan  1 00:00:01 1970\nSubject: a\n\n");
    Files.createDirectories(directory.resolve("c:d"));
    Files.writeString(directory.resolve("c:d/1.eml"), "Subject: b\n\n");
    imported(new MboxSource(directory));
    imported(new EmlSource(directory));
    assertEquals(1, Mail.messages(other, ANNA, MailboxName.of("a:b")).size());
    assertEquals(1, Mail.messages(other, ANNA, MailboxName.of("c:d")).size());
  }

  @Test
  void whatIsNoneIsRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("text"), "no mbox\n");
    assertThrows(IOException.class, () -> new MaildirSource(directory));
    try (MailSource from = new MboxSource(file);
        MailTarget to = StoreTarget.adding(other, ANNA)) {
      assertThrows(IOException.class, () -> Transfer.run(ANNA, from, to, Progress.NONE));
    }
  }
}
