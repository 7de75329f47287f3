package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.WatchSpec;
import org.posthorn.store.support.HintBus;

/**
 * Asks for the tokens of all mailboxes that are watched in this process, and of all accounts of
 * which everything is, in one query for every {@value #TOGETHER} of them: often while something
 * changes, else less often, at most a second apart.
 */
final class PollingBus implements HintBus, Runnable {
  private static final int TOGETHER = 200;
  private static final long OFTEN = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long SELDOM = TimeUnit.MILLISECONDS.toNanos(200);

  /** Between the end of a poll and the next: as long as it took, within these bounds. */
  private static final long LEAST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long MOST_PAUSE = TimeUnit.SECONDS.toNanos(1);

  private record Wish(String account, WatchSpec what) {}

  private final Cql cql;
  private final Accounts accounts;
  private final Map<Object, Wish> wishes = new ConcurrentHashMap<>();

  /** By mailbox, as last seen. */
  private final Map<String, UUID> tokens = new ConcurrentHashMap<>();

  /** By account of which everything is watched, as last seen. */
  private final Map<String, Tree> trees = new ConcurrentHashMap<>();

  /** Reads names anew, which may have to finish a RENAME first: hints of mail do not wait. */
  private final Executor names;

  /** Accounts whose names are being read. */
  private final Set<String> reading = ConcurrentHashMap.newKeySet();

  private volatile boolean namesFailed;
  private @Nullable Ear ear;
  private @Nullable Thread poller;
  private volatile boolean closed;

  PollingBus(Cql cql, Accounts accounts) {
    this(cql, accounts, oneThread());
  }

  PollingBus(Cql cql, Accounts accounts, Executor names) {
    this.names = names;
    this.cql = cql;
    this.accounts = accounts;
  }

  private static Executor oneThread() {
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "posthorn-cassandra-names");
              thread.setDaemon(true);
              return thread;
            });
    one.allowCoreThreadTimeOut(true);
    return one;
  }

  @Override
  public void start(Ear newEar) {
    ear = newEar;
  }

  @Override
  public void tell(String account, MailboxId id, MailboxName name) {}

  @Override
  public Runnable watched(String account, WatchSpec what) {
    Runnable away = wish(account, what);
    begin();
    return away;
  }

  Runnable wish(String account, WatchSpec what) {
    Object key = new Object();
    Wish wish = new Wish(account, what);
    wishes.put(key, wish);
    lookFirst(wish);
    return () -> wishes.remove(key);
  }

  private synchronized void begin() {
    if (poller == null && !closed) {
      Thread thread = new Thread(this, "posthorn-cassandra-hints");
      thread.setDaemon(true);
      thread.start();
      poller = thread;
    }
  }

  @Override
  public void run() {
    long pause = OFTEN;
    boolean failed = false;
    while (!closed) {
      long began = System.nanoTime();
      try {
        pause = !wishes.isEmpty() && poll() ? OFTEN : Math.min(SELDOM, pause * 2);
        failed = false;
      } catch (StoreException | RuntimeException | Error e) {
        if (!failed) {
          warn("changes by other servers cannot be seen", e);
        }
        failed = true;
        pause = SELDOM;
      }
      LockSupport.parkNanos(rest(pause, System.nanoTime() - began));
    }
  }

  /** A cluster that answers slowly is not asked all the time. */
  static long rest(long pause, long took) {
    return Math.max(pause - took, Math.min(MOST_PAUSE, Math.max(LEAST_PAUSE, took)));
  }

  private void warn(String what, Throwable e) {
    if (!closed) {
      System.getLogger(PollingBus.class.getName()).log(System.Logger.Level.WARNING, what, e);
    }
  }

  /**
   * Whoever watches has not looked yet: what is there now is not news. What others watch has been
   * seen already. Where this fails the first poll tells of all mailboxes.
   */
  private void lookFirst(Wish wish) {
    try {
      List<String> unseen = new ArrayList<>();
      if (wish.what() instanceof WatchSpec.Mailboxes mailboxes) {
        mailboxes.ids().forEach(id -> unseen.add(id.value()));
      } else if (!trees.containsKey(wish.account())) {
        Tree tree = accounts.latest(wish.account());
        trees.putIfAbsent(wish.account(), tree);
        unseen.addAll(tree.mailboxes());
      }
      unseen.removeIf(tokens::containsKey);
      for (Row row : cql.polled(mailboxQueries(unseen))) {
        String id = row.getString("id");
        UUID token = row.getUuid("stamp");
        if (id != null && token != null) {
          tokens.putIfAbsent(id, token);
        }
      }
    } catch (StoreException e) {
      System.getLogger(PollingBus.class.getName())
          .log(System.Logger.Level.DEBUG, "left to the first poll", e);
    }
  }

  private List<BoundStatement> mailboxQueries(List<String> ids) throws StoreException {
    return queries("SELECT DISTINCT id, stamp FROM mailbox WHERE id IN ?", ids);
  }

  private List<BoundStatement> queries(String query, List<String> keys) throws StoreException {
    List<BoundStatement> queries = new ArrayList<>();
    for (int at = 0; at < keys.size(); at += TOGETHER) {
      queries.add(cql.bind(query, keys.subList(at, Math.min(keys.size(), at + TOGETHER))));
    }
    return queries;
  }

  /** Whether anything was new. */
  boolean poll() throws StoreException {
    Map<String, String> owners = new HashMap<>();
    Set<String> subtrees = new TreeSet<>();
    for (Wish wish : wishes.values()) {
      if (wish.what() instanceof WatchSpec.Mailboxes mailboxes) {
        mailboxes.ids().forEach(id -> owners.put(id.value(), wish.account()));
      } else {
        subtrees.add(wish.account());
      }
    }
    for (String account : subtrees) {
      Tree tree = trees.get(account);
      if (tree != null) {
        tree.mailboxes().forEach(id -> owners.put(id, account));
      }
    }
    trees.keySet().retainAll(subtrees);
    tokens.keySet().retainAll(owners.keySet());
    List<BoundStatement> queries =
        queries(
            "SELECT DISTINCT name, stamp FROM account WHERE name IN ?", new ArrayList<>(subtrees));
    queries.addAll(mailboxQueries(new ArrayList<>(owners.keySet())));
    Map<String, UUID> stamps = new HashMap<>();
    boolean changed = false;
    for (Row row : cql.polled(queries)) {
      UUID token = row.getUuid("stamp");
      if (row.getColumnDefinitions().contains("id")) {
        changed |= look(row, owners);
      } else if (token != null) {
        stamps.put(String.valueOf(row.getString("name")), token);
      }
    }
    for (String account : subtrees) {
      Tree before = trees.get(account);
      boolean same =
          before != null && before.token.equals(stamps.getOrDefault(account, Accounts.NEVER));
      if (!same && reading.add(account)) {
        changed |= before != null;
        names.execute(() -> readNames(account));
      }
    }
    return changed;
  }

  private void readNames(String account) {
    try {
      Tree tree = accounts.latest(account);
      compare(trees.put(account, tree), tree);
      namesFailed = false;
    } catch (StoreException | RuntimeException e) {
      if (!namesFailed) {
        warn("changes of names by other servers cannot be seen", e);
      }
      namesFailed = true;
    } finally {
      reading.remove(account);
    }
  }

  private boolean look(Row row, Map<String, String> owners) {
    String id = row.getString("id");
    UUID token = row.getUuid("stamp");
    Ear listening = ear;
    if (id == null || token == null || listening == null) {
      return false;
    }
    UUID before = tokens.put(id, token);
    if (token.equals(before) || accounts.boxes.isTold(id, token)) {
      return false;
    }
    String account = owners.getOrDefault(id, "");
    Tree watched = trees.get(account);
    Tree tree = watched == null ? accounts.known(account) : watched;
    MailboxName name = tree == null ? null : tree.nameOf(id);
    listening.heard(account, new MailboxId(id), name == null ? MailboxName.INBOX : name);
    return before != null;
  }

  private void compare(@Nullable Tree before, Tree after) {
    Ear listening = ear;
    if (before == null || before.token.equals(after.token) || listening == null || !after.there) {
      return;
    }
    Set<MailboxName> touched = new HashSet<>();
    Set<MailboxName> all = new HashSet<>(before.names.keySet());
    all.addAll(after.names.keySet());
    for (MailboxName name : all) {
      if (!Objects.equals(before.names.get(name), after.names.get(name))) {
        touched.add(name);
      }
    }
    for (MailboxName name : before.subscribed) {
      if (!after.subscribed.contains(name)) {
        touched.add(name);
      }
    }
    for (MailboxName name : after.subscribed) {
      if (!before.subscribed.contains(name)) {
        touched.add(name);
      }
    }
    for (MailboxName name : touched) {
      Tree there = after.names.containsKey(name) ? after : before;
      listening.heard(after.account, there.hinted(name), name);
    }
  }

  @Override
  public void close() {
    closed = true;
    Thread thread = poller;
    if (thread != null) {
      LockSupport.unpark(thread);
      try {
        thread.join(5_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
