package org.posthorn.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaPolicy;
import org.posthorn.store.QuotaResource;
import org.posthorn.store.Quotas;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/**
 * One of several processes whose users append, copy, expunge and move to each other as they like,
 * all within one shared quota root. Says how often the limit refused.
 */
public final class TeamProcess {
  static final String ROOT = "team";
  static final int LIMIT = 40;
  static final List<String> MEMBERS = List.of("m0", "m1", "m2", "m3");
  private static final int STEPS = 120;

  static final QuotaPolicy POLICY =
      new QuotaPolicy() {
        @Override
        public List<String> sharedRoots(String account) {
          return account.startsWith("m") ? List.of(ROOT) : List.of();
        }

        @Override
        public QuotaLimits shared(String root) {
          return QuotaLimits.UNLIMITED.with(QuotaResource.MESSAGE, LIMIT);
        }
      };

  private TeamProcess() {}

  static PostgresStore open(String database) throws StoreException {
    return PostgresStore.at(database).quotas(POLICY).connections(3, 4).open();
  }

  /** Arguments: address of the database, seed. */
  public static void main(String[] arguments) throws Exception {
    try (PostgresStore store = open(arguments[0])) {
      System.out.println("ready");
      if (System.in.read() < 0) {
        throw new IllegalStateException("nobody said go");
      }
      System.out.println(work(store, Integer.parseInt(arguments[1])));
    }
    System.exit(0);
  }

  /** Gives how often the limit refused. */
  static int work(MailStore store, int seed) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(MEMBERS.size());
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (String member : MEMBERS) {
        work.add(() -> steps(store, member, new Random(31L * seed + member.hashCode())));
      }
      int refused = 0;
      for (Future<Integer> one : threads.invokeAll(work)) {
        refused += one.get();
      }
      return refused;
    } finally {
      threads.shutdownNow();
    }
  }

  private static int steps(MailStore store, String member, Random random) throws StoreException {
    Quotas quotas = store.facet(Quotas.class).orElseThrow();
    int refused = 0;
    try (Account account = store.open(Identity.owner(member));
        Mailbox inbox = Mail.inbox(account)) {
      for (int step = 0; step < STEPS; step++) {
        try {
          step(account, inbox, random);
        } catch (StoreException e) {
          if (e.code() == Code.OVER_QUOTA) {
            refused++;
          } else if (e.code() != Code.EXPUNGED) {
            // What is gone the same member took away, in the other process.
            throw e;
          }
        }
        long used = quotas.root(Identity.owner(member), ROOT).used().messages();
        if (used > LIMIT || used < 0) {
          throw new IllegalStateException(used + " messages of " + LIMIT);
        }
      }
    }
    return refused;
  }

  private static void step(Account account, Mailbox inbox, Random random) throws StoreException {
    UidSet there = inbox.snapshot().uids();
    int dice = random.nextInt(10);
    if (there.isEmpty() || dice < 5) {
      Mail.fill(account, Mail.INBOX, 1 + random.nextInt(3));
      return;
    }
    UidSet one = UidSet.of(there.nth(random.nextInt((int) there.size())));
    if (dice < 7) {
      inbox.remove(there.slice(0, Math.min(2, there.size())));
    } else if (dice < 8) {
      inbox.copy(one, Mail.INBOX);
    } else {
      String other = MEMBERS.get(random.nextInt(MEMBERS.size()));
      if (!other.equals(account.identity().account())) {
        String prefix = account.namespaces().otherUsers().get(0).prefix();
        inbox.move(one, MailboxName.parse(prefix + other + "/INBOX"));
      }
    }
  }
}
