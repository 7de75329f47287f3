package org.posthorn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.delivery.LocalDelivery;
import org.posthorn.delivery.filter.FilterAction;
import org.posthorn.delivery.filter.FilterRule;
import org.posthorn.delivery.filter.FilterTest;
import org.posthorn.delivery.filter.RuleFilter;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.ReversePath;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StatusItem;
import org.posthorn.store.jdbc.SqliteStore;

/** A message for five folders of an account takes the room of one on the disk. */
class SharedBodyInFilesTest {
  private static final int OCTETS = 4_000_000;
  private static final List<String> FOLDERS = List.of("a", "b", "c", "d");

  @TempDir Path directory;

  private static long octets(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** What no compression makes shorter by much. */
  private static byte[] message() {
    StringBuilder text =
        new StringBuilder("Subject: x\r\nContent-Type: application/octet-stream\r\n\r\n");
    Random random = new Random(1);
    while (text.length() < OCTETS) {
      text.append(Long.toString(random.nextLong(), 36)).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void oneBodyForFiveFolders() throws Exception {
    try (MailStore store = SqliteStore.in(directory).open()) {
      store.facet(AccountDirectory.class).orElseThrow().create("alice");
      FilterAction[] everywhere = new FilterAction[FOLDERS.size() + 1];
      everywhere[FOLDERS.size()] = new FilterAction.Keep();
      try (Account account = store.open(Identity.owner("alice"))) {
        for (int i = 0; i < FOLDERS.size(); i++) {
          MailboxName folder = MailboxName.of(FOLDERS.get(i));
          account.create(folder, Set.of());
          everywhere[i] = new FilterAction.FileInto(folder);
        }
        RuleFilter filter =
            new RuleFilter(List.of(FilterRule.when(FilterTest.has("Subject"), everywhere)));
        LocalDelivery delivery =
            LocalDelivery.into(store, "mx.example.org")
                .domains(Set.of("example.org"))
                .filters(name -> Optional.of(filter))
                .build();
        assertTrue(
            delivery
                .submit(ReversePath.NULL, new Address("alice", "example.org"), message())
                .accepted());
        for (String folder : FOLDERS) {
          assertEquals(
              1,
              account
                  .status(MailboxName.of(folder), Set.of(StatusItem.MESSAGES))
                  .get(StatusItem.MESSAGES));
        }
      }
    }
    long stored = octets(directory);
    assertTrue(stored > OCTETS && stored < 3L * OCTETS / 2, stored + " octets");
  }
}
