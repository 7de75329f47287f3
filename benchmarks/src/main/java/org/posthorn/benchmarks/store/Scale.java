package org.posthorn.benchmarks.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Cursor;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Item;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;
import org.posthorn.store.jdbc.PostgresStore;
import org.posthorn.store.jdbc.SqliteStore;
import org.posthorn.store.memory.MemoryStore;

/**
 * What calls cost in mailboxes of growing size: a table of medians in microseconds. Arguments: the
 * store as {@code serve} takes it, then the sizes; 1000 10000 100000 by default.
 */
public final class Scale {
  private static final int ROUNDS = 31;
  private static final List<String> CALLS =
      List.of("SELECT", "FETCH one", "STORE one", "APPEND", "EXPUNGE one", "changes", "scan all");

  /** Flags of messages are read in pages, as a SEARCH without an index does. */
  private static final PageLimit SCAN = new PageLimit(1_000, 1 << 20);

  private interface Call {
    void run() throws StoreException;
  }

  private Scale() {}

  public static void main(String[] arguments) throws StoreException {
    String[] sizes =
        arguments.length > 1
            ? Arrays.copyOfRange(arguments, 1, arguments.length)
            : new String[] {"1000", "10000", "100000"};
    try (MailStore store = open(arguments[0])) {
      System.out.println("| messages | " + String.join(" | ", CALLS) + " |");
      System.out.println("|---|" + "---|".repeat(CALLS.size()));
      for (String size : sizes) {
        System.out.println("| " + size + " | " + measured(store, Integer.parseInt(size)) + " |");
      }
    }
  }

  private static MailStore open(String option) throws StoreException {
    if (option.equals("memory")) {
      return MemoryStore.builder().build();
    }
    return option.startsWith("sqlite:")
        ? SqliteStore.in(Path.of(option.substring("sqlite:".length()))).open()
        : PostgresStore.at(option).open();
  }

  private static String measured(MailStore store, int size) throws StoreException {
    String user = "scale-" + size + "-" + System.nanoTime();
    AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
    accounts.create(user);
    List<String> medians = new ArrayList<>();
    try (Account account = store.open(Identity.owner(user));
        Mailbox inbox = account.open(MailboxName.INBOX, Access.WRITE)) {
      fill(account, inbox, size);
      for (Call call : calls(account, inbox, size)) {
        medians.add(median(call));
      }
    }
    accounts.delete(user);
    return String.join(" | ", medians);
  }

  /** In the order of their names. */
  private static List<Call> calls(Account account, Mailbox inbox, int size) throws StoreException {
    UidSet middle = UidSet.of(size / 2);
    Cursor now = inbox.snapshot().cursor();
    int[] turn = {0};
    return List.of(
        () -> {
          try (Mailbox selected = account.open(MailboxName.INBOX, Access.READ)) {
            selected.snapshot();
          }
        },
        () -> inbox.list(middle, PageLimit.DEFAULT, Set.of(Item.SIZE, Item.INDEX)),
        () -> {
          Flags seen = Flags.of(SystemFlag.SEEN);
          boolean add = turn[0]++ % 2 == 0;
          inbox.storeFlags(
              middle, add ? FlagChange.add(seen) : FlagChange.remove(seen), OptionalLong.empty());
        },
        () -> append(account),
        () -> inbox.remove(UidSet.of(inbox.snapshot().uids().last())),
        () -> inbox.changesSince(now, PageLimit.DEFAULT),
        () -> scan(inbox));
  }

  private static void scan(Mailbox inbox) throws StoreException {
    long next = 1;
    while (next > 0) {
      Page page = inbox.list(UidSet.range(next, UidSet.MAX_UID), SCAN, Set.of());
      next = page.next();
    }
  }

  /** The first rounds warm up and are not counted. */
  private static String median(Call call) throws StoreException {
    long[] nanos = new long[ROUNDS];
    for (int round = -ROUNDS / 3; round < ROUNDS; round++) {
      long start = System.nanoTime();
      call.run();
      if (round >= 0) {
        nanos[round] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    return Long.toString(nanos[ROUNDS / 2] / 1_000);
  }

  private static void append(Account account) throws StoreException {
    byte[] message = "Subject: one of many\r\n\r\nIts text.\r\n".getBytes(US_ASCII);
    try (AppendGroup group = account.beginAppend(MailboxName.INBOX, Optional.empty())) {
      IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
      append.write(ByteBuffer.wrap(message));
      append.end();
      group.commit();
    }
  }

  /** Copies double what is there, so that even a million messages are made soon. */
  private static void fill(Account account, Mailbox inbox, int size) throws StoreException {
    append(account);
    for (long there = 1; there < size; there = inbox.snapshot().uids().size()) {
      inbox.copy(
          inbox.snapshot().uids().slice(0, Math.min(there, size - there)), MailboxName.INBOX);
    }
  }
}
