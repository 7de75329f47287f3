package org.posthorn.store.cassandra;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.WatchSpec;
import org.posthorn.store.support.HintBus;

/**
 * Asks for the tokens of all mailboxes that are watched in this process, in one query for every
 * {@value #TOGETHER} of them: often while something changes, else less often, at most a second
 * apart.
 */
final class PollingBus implements HintBus, Runnable {
  private static final int TOGETHER = 200;
  private static final long OFTEN = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long SELDOM = TimeUnit.MILLISECONDS.toNanos(400);

  private record Wish(String account, WatchSpec what) {}

  private final Cql cql;
  private final Accounts accounts;
  private final Map<Object, Wish> wishes = new ConcurrentHashMap<>();
  private final Object turn = new Object();

  /** Guarded by turn, as are the trees. */
  private final Map<String, UUID> tokens = new HashMap<>();

  private final Map<String, Tree> trees = new HashMap<>();
  private @Nullable Ear ear;
  private @Nullable Thread poller;
  private volatile boolean closed;

  PollingBus(Cql cql, Accounts accounts) {
    this.cql = cql;
    this.accounts = accounts;
  }

  @Override
  public void start(Ear newEar) {
    ear = newEar;
  }

  @Override
  public void tell(String account, MailboxId id, MailboxName name) {}

  @Override
  public synchronized Runnable watched(String account, WatchSpec what) {
    Object key = new Object();
    Wish wish = new Wish(account, what);
    wishes.put(key, wish);
    lookFirst(wish);
    if (poller == null && !closed) {
      Thread thread = new Thread(this, "posthorn-cassandra-hints");
      thread.setDaemon(true);
      thread.start();
      poller = thread;
    }
    return () -> wishes.remove(key);
  }

  @Override
  public void run() {
    long pause = OFTEN;
    boolean failed = false;
    while (!closed) {
      LockSupport.parkNanos(pause);
      try {
        pause = !wishes.isEmpty() && poll() ? OFTEN : Math.min(SELDOM, pause * 2);
        failed = false;
      } catch (StoreException | RuntimeException e) {
        if (!failed && !closed) {
          System.getLogger(PollingBus.class.getName())
              .log(System.Logger.Level.WARNING, "changes by other servers cannot be seen", e);
        }
        failed = true;
        pause = SELDOM;
      }
    }
  }

  /**
   * Whoever watches has not looked yet: what is there now is not news. Where this fails the first
   * poll tells of all mailboxes.
   */
  private void lookFirst(Wish wish) {
    synchronized (turn) {
      try {
        Map<String, String> owners = new HashMap<>();
        if (wish.what() instanceof WatchSpec.Mailboxes mailboxes) {
          mailboxes.ids().forEach(id -> owners.put(id.value(), wish.account()));
        } else {
          Tree tree = accounts.latest(wish.account());
          trees.putIfAbsent(wish.account(), tree);
          tree.mailboxes().forEach(id -> owners.put(id, wish.account()));
        }
        for (Row row : read(new ArrayList<>(owners.keySet()))) {
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
  }

  private List<Row> read(List<String> ids) throws StoreException {
    List<Row> rows = new ArrayList<>();
    for (int at = 0; at < ids.size(); at += TOGETHER) {
      List<String> some = ids.subList(at, Math.min(ids.size(), at + TOGETHER));
      rows.addAll(cql.all("SELECT DISTINCT id, stamp FROM mailbox WHERE id IN ?", some));
    }
    return rows;
  }

  /** Whether anything was new. */
  private boolean poll() throws StoreException {
    synchronized (turn) {
      return pollAll();
    }
  }

  private boolean pollAll() throws StoreException {
    Map<String, String> owners = new HashMap<>();
    Set<String> subtrees = new TreeSet<>();
    for (Wish wish : wishes.values()) {
      if (wish.what() instanceof WatchSpec.Mailboxes mailboxes) {
        mailboxes.ids().forEach(id -> owners.put(id.value(), wish.account()));
      } else {
        subtrees.add(wish.account());
      }
    }
    boolean changed = false;
    for (String account : subtrees) {
      Tree tree = accounts.latest(account);
      changed |= compare(trees.put(account, tree), tree);
      tree.mailboxes().forEach(id -> owners.put(id, account));
    }
    trees.keySet().retainAll(subtrees);
    tokens.keySet().retainAll(owners.keySet());
    for (Row row : read(new ArrayList<>(owners.keySet()))) {
      changed |= look(row, owners);
    }
    return changed;
  }

  private boolean look(Row row, Map<String, String> owners) {
    String id = row.getString("id");
    UUID token = row.getUuid("stamp");
    Ear listening = ear;
    if (id == null || token == null || listening == null) {
      return false;
    }
    UUID before = tokens.put(id, token);
    // Who changes a mailbox here tells of it; the other servers' changes before it come with it.
    if (token.equals(before) || accounts.boxes.isOwn(id, token)) {
      return false;
    }
    String account = owners.getOrDefault(id, "");
    Tree tree = accounts.known(account);
    MailboxName name = tree == null ? null : tree.nameOf(id);
    listening.heard(account, new MailboxId(id), name == null ? MailboxName.INBOX : name);
    return before != null;
  }

  private boolean compare(@Nullable Tree before, Tree after) {
    Ear listening = ear;
    if (before == null || before.token.equals(after.token) || listening == null || !after.there) {
      return false;
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
    return true;
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
