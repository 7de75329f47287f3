package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** The quota of one account, which several sessions of one or two servers fill. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
class PersonalQuotaTest extends TwoServers {
  private static final int LIMIT = 12;

  private static final QuotaPolicy POLICY =
      new QuotaPolicy() {
        @Override
        public QuotaLimits account(String account) {
          return QuotaLimits.UNLIMITED.with(QuotaResource.MESSAGE, LIMIT);
        }
      };

  private static int appendUntilFull(CassandraStore store) throws StoreException {
    int added = 0;
    while (true) {
      try {
        appendTo(store, "alice");
        added++;
      } catch (StoreException full) {
        assertEquals(Code.OVER_QUOTA, full.code());
        return added;
      }
    }
  }

  private static int fill(List<CassandraStore> sessions) throws Exception {
    ExecutorService crew = Executors.newFixedThreadPool(sessions.size());
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Integer>> added = new ArrayList<>();
    for (CassandraStore store : sessions) {
      added.add(
          crew.submit(
              () -> {
                start.await();
                return appendUntilFull(store);
              }));
    }
    start.countDown();
    int all = 0;
    for (Future<Integer> count : added) {
      all += count.get();
    }
    crew.shutdown();
    return all;
  }

  /** Requests of an APPEND, the second of its kind. */
  private static long cost(CassandraStore store) throws StoreException {
    appendTo(store, "alice");
    long before = store.requests();
    appendTo(store, "alice");
    return store.requests() - before;
  }

  @Test
  void itCostsNoMoreWhereThereAreManyMailboxes() throws Exception {
    try (CassandraStore one = TestKeyspace.shared().quotas(POLICY).open()) {
      long few = cost(one);
      for (int i = 0; i < 30; i++) {
        alice(one).create(MailboxName.of("box" + i), Set.of());
      }
      long many = cost(one);
      System.out.println("cost: APPEND with a quota: " + few + ", 30 mailboxes more: " + many);
      assertTrue(many <= few + 2, few + ", then " + many);
    }
  }

  @Test
  void withinOneServerALimitIsExact() throws Exception {
    try (CassandraStore one = TestKeyspace.shared().quotas(POLICY).open()) {
      assertEquals(LIMIT, fill(List.of(one, one, one, one)));
    }
  }

  @Test
  void eachOtherServerExceedsALimitByOneGroupAtMost() throws Exception {
    try (CassandraStore one = TestKeyspace.shared().quotas(POLICY).open();
        CassandraStore other = TestKeyspace.shared().quotas(POLICY).open()) {
      int all = fill(List.of(one, other, one, other));
      assertTrue(all == LIMIT || all == LIMIT + 1, all + " messages");
      assertEquals(all, open(there, INBOX).snapshot().uids().size());
    }
  }
}
