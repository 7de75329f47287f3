package org.posthorn.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.EntryName;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Metadata;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.Quotas;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;
import org.posthorn.store.jdbc.SqliteStore;
import org.posthorn.store.memory.MemoryStore;

/** What belongs to no account is saved and comes back. */
class ServerRecordTest {
  private static final Identity ANNA = new Identity("anna", "anna", Role.ADMIN);
  private static final Identity BERT = new Identity("bert", "bert", Role.ADMIN);
  private static final EntryName SHARED = new EntryName("/shared/comment");
  private static final String GROUP = "group/two";

  /** Covers Anna and Bert. */
  private static final QuotaPolicy POLICY =
      new QuotaPolicy() {
        @Override
        public List<String> sharedRoots(String account) {
          return account.equals("anna") || account.equals("bert") ? List.of(GROUP) : List.of();
        }
      };

  @TempDir Path temporary;
  private MailStore store;
  private Backup backup;

  @BeforeEach
  void open() throws StoreException {
    store = SqliteStore.in(temporary.resolve("store")).quotas(POLICY).open();
    backup = Backup.in(temporary.resolve("backup"));
    StoreTarget.create(store, List.of("anna", "bert", "carl"));
  }

  @AfterEach
  void close() throws StoreException {
    store.close();
  }

  @Test
  void sharedMetadataOfTheServerComesBack() throws Exception {
    Metadata metadata = store.facet(Metadata.class).orElseThrow();
    metadata.set(ANNA, Optional.empty(), Map.of(SHARED, Optional.of(new byte[] {'o', 'n', 'e'})));
    backup.all(store, Progress.NONE);
    metadata.set(
        ANNA,
        Optional.empty(),
        Map.of(
            SHARED,
            Optional.of(new byte[] {'2'}),
            new EntryName("/shared/admin"),
            Optional.of(new byte[] {'3'})));
    assertEquals(List.of(), backup.restoreServer(store));
    Map<EntryName, byte[]> now = metadata.get(BERT, Optional.empty());
    assertEquals(Set.of(SHARED), now.keySet());
    assertEquals("one", new String(now.get(SHARED), StandardCharsets.US_ASCII));
  }

  @Test
  void limitsOfSharedQuotaRootsComeBack() throws Exception {
    QuotaLimits limits =
        new QuotaLimits(Map.of(QuotaResource.STORAGE, 5_000_000L, QuotaResource.MESSAGE, 70L));
    Quotas quotas = store.facet(Quotas.class).orElseThrow();
    quotas.setLimits(ANNA, GROUP, limits);
    backup.all(store, Progress.NONE);
    quotas.setLimits(ANNA, GROUP, QuotaLimits.UNLIMITED);
    assertEquals(List.of(), backup.restoreServer(store));
    assertEquals(limits, quotas.root(BERT, GROUP).limits());
    try (MailStore other = MemoryStore.builder().build()) {
      other.facet(AccountDirectory.class).orElseThrow().create("nobody of them");
      List<String> left = backup.restoreServer(other);
      assertEquals(1, left.size(), left::toString);
      assertTrue(left.get(0).contains(GROUP), left::toString);
    }
  }

  @Test
  void aBackupThatKnewNoSharedRootsIsReadable() throws Exception {
    backup.all(store, Progress.NONE);
    Files.writeString(
        temporary.resolve("backup/server.json"), "{\"metadata\":{\"/shared/comment\":\"b2xk\"}}");
    assertEquals(List.of(), backup.restoreServer(store));
    Metadata metadata = store.facet(Metadata.class).orElseThrow();
    assertEquals(Set.of(SHARED), metadata.get(BERT, Optional.empty()).keySet());
  }
}
