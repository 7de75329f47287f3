package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.function.Executable;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Item;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Promise;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** A store under test with one account, and short words for what tests do with it. */
public final class TestedStore {
  static final String ALICE = "alice";
  static final UidSet ALL = UidSet.range(1, UidSet.MAX_UID);

  /** Creates an account. */
  interface AccountMaker {
    void create(MailStore store, String account) throws Exception;
  }

  private final Callable<Optional<MailStore>> reopening;
  private final Callable<Optional<CrashingStore>> crashing;
  private final AccountMaker accountMaker;
  private final Deque<AutoCloseable> handles = new ArrayDeque<>();
  private final Set<Promise> promises;
  private MailStore store;
  private Account account;

  TestedStore(
      MailStore store,
      Callable<Optional<MailStore>> reopening,
      Callable<Optional<CrashingStore>> crashing,
      AccountMaker accountMaker)
      throws Exception {
    this.store = store;
    this.promises = store.promises();
    this.reopening = reopening;
    this.crashing = crashing;
    this.accountMaker = accountMaker;
    accountMaker.create(store, ALICE);
    this.account = openAccount(ALICE);
  }

  /** What it promises, as it was opened. */
  Set<Promise> promises() {
    return promises;
  }

  MailStore store() {
    return store;
  }

  /** Alice's. */
  Account account() {
    return account;
  }

  void createAccount(String name) throws Exception {
    accountMaker.create(store, name);
  }

  Account openAccount(String name) throws StoreException {
    return keep(store.open(Identity.owner(name)));
  }

  /** What somebody else calls a mailbox of an account. */
  static MailboxName seenBy(Account other, String owner, MailboxName mailbox)
      throws StoreException {
    String prefix =
        other.namespaces().otherUsers().isEmpty()
            ? "Other Users/"
            : other.namespaces().otherUsers().get(0).prefix();
    return MailboxName.parse(prefix + owner + "/" + mailbox.path());
  }

  /** Closes the handle when the test ends. */
  <T extends AutoCloseable> T keep(T handle) {
    synchronized (handles) {
      handles.push(handle);
    }
    return handle;
  }

  /** Closes the store and opens it anew; the test is skipped where the store keeps nothing. */
  void reopen() throws Exception {
    leave();
    comeBack();
  }

  /** Closes the store for a while. */
  void leave() throws Exception {
    closeHandles();
    store.close();
  }

  /** Opens the store again that was left. */
  void comeBack() throws Exception {
    Optional<MailStore> again = reopening.call();
    if (again.isEmpty()) {
      if (promises.contains(Promise.DURABLE)) {
        fail("the store promises DURABLE: override reopenStore(), so that it can be held to it");
      }
      abort("the store keeps nothing");
      return;
    }
    store = again.get();
    account = openAccount(ALICE);
  }

  /** Another one over the same data, that can be made to die. */
  Optional<CrashingStore> openCrashing() throws Exception {
    return crashing.call();
  }

  Mailbox open(MailboxName name) throws StoreException {
    return open(name, Access.WRITE);
  }

  Mailbox open(MailboxName name, Access access) throws StoreException {
    return keep(account.open(name, access));
  }

  MailboxName create(String path) throws StoreException {
    MailboxName name = MailboxName.parse(path);
    account.create(name, Set.of());
    return name;
  }

  AppendGroup beginAppend(MailboxName destination) throws StoreException {
    return keep(account.beginAppend(destination, Optional.empty()));
  }

  /** One small message. */
  long append(MailboxName destination) throws StoreException {
    return append(destination, Flags.NONE, "Subject: a message\r\n\r\nIts text.\r\n")
        .uids()
        .first();
  }

  /** Messages of one group. */
  Appended append(MailboxName destination, Flags flags, String... messages) throws StoreException {
    try (AppendGroup group = account.beginAppend(destination, Optional.empty())) {
      for (String message : messages) {
        write(group, AppendSpec.plain().withFlags(flags), octets(message));
      }
      return group.commit();
    }
  }

  static void write(AppendGroup group, AppendSpec spec, byte[] message) throws StoreException {
    IndexingAppend append = new IndexingAppend(group.next(spec));
    append.write(ByteBuffer.wrap(message));
    append.end();
  }

  /** Many small messages, made by doubling with COPY. */
  Mailbox filled(String path, int count) throws StoreException {
    MailboxName name = create(path);
    Mailbox mailbox = open(name);
    append(name);
    long there = mailbox.snapshot().uids().size();
    while (there < count) {
      mailbox.copy(mailbox.snapshot().uids().slice(0, Math.min(there, count - there)), name);
      long now = mailbox.snapshot().uids().size();
      assertTrue(now > there, "copies of " + there + " messages did not come");
      there = now;
    }
    return mailbox;
  }

  static byte[] octets(String message) {
    return message.getBytes(StandardCharsets.UTF_8);
  }

  /** Octets as they might be anywhere in a message, always the same for a seed. */
  static byte[] noise(int length, int seed) {
    byte[] octets = new byte[length];
    new Random(seed).nextBytes(octets);
    return octets;
  }

  static byte[] read(Mailbox mailbox, long uid) throws StoreException {
    try (MessageContent content = mailbox.content(uid)) {
      return read(content);
    }
  }

  static byte[] read(MessageContent content) throws StoreException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    ByteBuffer slice = ByteBuffer.allocate(10_000);
    long position = 0;
    for (int count; (count = content.read(position, slice)) >= 0; position += count) {
      octets.write(slice.array(), 0, slice.position());
      slice.clear();
    }
    assertEquals(content.size(), octets.size(), "size of the content");
    return octets.toByteArray();
  }

  /** All rows, page by page. */
  static List<Row> rows(Mailbox mailbox, Item... items) throws StoreException {
    List<Row> rows = new ArrayList<>();
    long next = 1;
    while (next > 0) {
      Page page =
          mailbox.list(UidSet.range(next, UidSet.MAX_UID), PageLimit.DEFAULT, Set.of(items));
      rows.addAll(page.rows());
      next = page.next();
    }
    return rows;
  }

  static Row row(Mailbox mailbox, long uid, Item... items) throws StoreException {
    List<Row> rows = mailbox.list(UidSet.of(uid), PageLimit.DEFAULT, Set.of(items)).rows();
    assertEquals(1, rows.size(), "rows of UID " + uid);
    return rows.get(0);
  }

  static void assertRefused(StoreException.Code code, Executable action) {
    assertEquals(code, assertThrows(StoreException.class, action).code());
  }

  /** The value that is known to be there. */
  static <K, V> V of(Map<K, V> map, K key) {
    return Optional.ofNullable(map.get(key)).orElseThrow();
  }

  private void closeHandles() throws Exception {
    synchronized (handles) {
      while (!handles.isEmpty()) {
        handles.pop().close();
      }
    }
  }

  void close() throws Exception {
    leave();
  }
}
