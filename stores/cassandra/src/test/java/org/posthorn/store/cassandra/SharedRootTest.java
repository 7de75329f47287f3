package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.Quotas;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** A quota root that accounts on two servers share. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
class SharedRootTest extends TwoServers {
  private static final int LIMIT = 20;
  private static final int SERVERS = 2;
  private static final String ROOT = "company";
  private static final Identity BOB = Identity.owner("bob");

  private static final QuotaPolicy POLICY =
      new QuotaPolicy() {
        @Override
        public List<String> sharedRoots(String account) {
          return List.of(ROOT);
        }

        @Override
        public QuotaLimits shared(String root) {
          return QuotaLimits.UNLIMITED.with(QuotaResource.MESSAGE, LIMIT);
        }
      };

  private CassandraStore one;
  private CassandraStore other;

  @BeforeEach
  void openLimited() throws Exception {
    one = TestKeyspace.shared().quotas(POLICY).open();
    other = TestKeyspace.shared().quotas(POLICY).open();
    one.facet(AccountDirectory.class).orElseThrow().create("bob");
  }

  @AfterEach
  void closeLimited() {
    one.close();
    other.close();
  }

  private static int appendUntilFull(CassandraStore store, String account) throws Exception {
    int added = 0;
    while (true) {
      try {
        appendTo(store, account);
        added++;
      } catch (StoreException full) {
        assertEquals(Code.OVER_QUOTA, full.code());
        return added;
      }
    }
  }

  private static long used(CassandraStore store) throws StoreException {
    return store
        .facet(Quotas.class)
        .orElseThrow()
        .root(Identity.owner("alice"), ROOT)
        .used()
        .messages();
  }

  /** One server at a time writes for a root, so that each other may add one group too many. */
  @Test
  void serversExceedALimitByOneGroupEachAtMost() throws Exception {
    ExecutorService crew = Executors.newFixedThreadPool(4);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Integer>> added = new ArrayList<>();
    for (CassandraStore store : List.of(one, other)) {
      for (String account : List.of("alice", "bob")) {
        added.add(
            crew.submit(
                () -> {
                  start.await();
                  return appendUntilFull(store, account);
                }));
      }
    }
    start.countDown();
    int all = 0;
    for (Future<Integer> count : added) {
      all += count.get();
    }
    crew.shutdown();
    assertTrue(all >= LIMIT && all <= LIMIT + SERVERS - 1, all + " messages");
    assertEquals(all, used(one));
    assertEquals(all, used(other));
  }

  /** Which wrote down nothing of what it changed, or something else. */
  @Test
  void aServerThatDiedIsPutRight() throws Exception {
    appendTo(one, "alice");
    appendTo(one, "bob");
    assertEquals(2, used(other));
    one.parts().cql().write("DELETE FROM quota_member WHERE root = ? AND account = ?", ROOT, "bob");
    assertEquals(1, used(other));
    other.parts().shared().recheck();
    assertEquals(2, used(other));
    assertEquals(2, used(one));
  }

  @Test
  void whatOneServerAddsOrRemovesTheOtherSees() throws Exception {
    assertEquals(0, used(one) + used(other));
    for (int i = 0; i < LIMIT; i++) {
      appendTo(one, "alice");
    }
    assertEquals(LIMIT, used(other));
    StoreException full = assertThrows(StoreException.class, () -> appendTo(other, "bob"));
    assertEquals(Code.OVER_QUOTA, full.code());
    Mailbox inbox = open(one, INBOX);
    inbox.remove(UidSet.of(1, 2));
    appendTo(other, "bob");
    assertEquals(LIMIT - 1, used(one));
    one.facet(AccountDirectory.class).orElseThrow().delete("alice");
    assertEquals(1, other.facet(Quotas.class).orElseThrow().root(BOB, ROOT).used().messages());
  }
}
