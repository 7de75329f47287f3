package org.posthorn.benchmarks.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.file.Path;
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
import org.posthorn.store.MessageContent;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;
import org.posthorn.store.jdbc.PostgresStore;
import org.posthorn.store.jdbc.SqliteStore;
import org.posthorn.store.memory.MemoryStore;

/**
 * What calls cost in mailboxes of growing size: a table of medians in microseconds. Arguments: the
 * store as {@code serve} takes it, then the sizes; 1000 10000 100000 by default. Each message has a
 * text of its own; one has the word that is looked for.
 */
public final class Scale {
  private static final int ROUNDS = 31;

  /** What grows with the mailbox is measured less often. */
  private static final int FEW_ROUNDS = 5;

  /** Reading all texts of a larger mailbox takes longer than anybody waits. */
  private static final int MOST_TEXTS = 10_000;

  private static final String NEEDLE = "qzxwv";
  private static final int NEEDLE_AT = 500;
  private static final int GROUP = 600;
  private static final List<String> CALLS =
      List.of(
          "SELECT",
          "FETCH one",
          "STORE one",
          "APPEND",
          "EXPUNGE one",
          "changes",
          "all flags",
          "SEARCH BODY by the index",
          "SEARCH BODY by reading all");

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
      System.out.println("| store | messages | " + String.join(" | ", CALLS) + " |");
      System.out.println("|---|---|" + "---|".repeat(CALLS.size()));
      for (String size : sizes) {
        System.out.print("| " + arguments[0].replaceAll(":.*", "") + " | " + size + " |");
        measure(store, Integer.parseInt(size));
        System.out.println();
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

  /** Prints each figure when it is there: those of the last may take an hour. */
  private static void measure(MailStore store, int size) throws StoreException {
    String user = "scale-" + size + "-" + System.nanoTime();
    AccountDirectory accounts = store.facet(AccountDirectory.class).orElseThrow();
    accounts.create(user);
    try (Account account = store.open(Identity.owner(user));
        Mailbox inbox = account.open(MailboxName.INBOX, Access.WRITE)) {
      fill(account, size);
      for (Call call : calls(account, inbox, size)) {
        print(median(call, ROUNDS));
      }
      print(median(() -> scan(inbox), FEW_ROUNDS));
      print(indexedSearch(store, inbox));
      print(size > MOST_TEXTS ? "" : median(() -> search(inbox, all(inbox)), FEW_ROUNDS));
    }
    accounts.delete(user);
  }

  private static void print(String figure) {
    System.out.print(" " + figure + " |");
    System.out.flush();
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
        () -> inbox.changesSince(now, PageLimit.DEFAULT));
  }

  private static UidSet all(Mailbox inbox) throws StoreException {
    return inbox.snapshot().uids();
  }

  /**
   * The first searches make the index, from the newest message on; then as a session does, which
   * looks into what was found.
   */
  private static String indexedSearch(MailStore store, Mailbox inbox) throws StoreException {
    Optional<SearchIndex> index = store.facet(SearchIndex.class);
    if (index.isEmpty()) {
      return "";
    }
    UidSet oldest = UidSet.of(all(inbox).first());
    while (!index.get().candidates(inbox, oldest, SearchIndex.Scope.BODY, NEEDLE).isEmpty()) {
      Thread.onSpinWait();
    }
    return median(() -> search(inbox, candidates(index.get(), inbox)), ROUNDS);
  }

  private static UidSet candidates(SearchIndex index, Mailbox inbox) throws StoreException {
    return index.candidates(inbox, all(inbox), SearchIndex.Scope.BODY, NEEDLE);
  }

  /** Looks into the octets of messages. */
  private static void search(Mailbox inbox, UidSet among) throws StoreException {
    ByteBuffer octets = ByteBuffer.allocate(4_096);
    long found = 0;
    for (long rank = 0; rank < among.size(); rank++) {
      try (MessageContent content = inbox.content(among.nth(rank))) {
        octets.clear();
        content.read(0, octets);
        String text = new String(octets.array(), 0, octets.position(), US_ASCII);
        found += text.contains(NEEDLE) ? 1 : 0;
      }
    }
    if (found == 0) {
      throw new IllegalStateException("nothing was found");
    }
  }

  private static void scan(Mailbox inbox) throws StoreException {
    long next = 1;
    while (next > 0) {
      Page page = inbox.list(UidSet.range(next, UidSet.MAX_UID), SCAN, Set.of());
      next = page.next();
    }
  }

  /** The first rounds warm up and are not counted. */
  private static String median(Call call, int rounds) throws StoreException {
    long[] nanos = new long[rounds];
    for (int round = -rounds / 3; round < rounds; round++) {
      long start = System.nanoTime();
      call.run();
      if (round >= 0) {
        nanos[round] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    return Long.toString(nanos[rounds / 2] / 1_000);
  }

  private static void append(Account account) throws StoreException {
    append(account, 1, 1);
  }

  private static void append(Account account, int first, int count) throws StoreException {
    try (AppendGroup group = account.beginAppend(MailboxName.INBOX, Optional.empty())) {
      for (int number = first; number < first + count; number++) {
        byte[] message = message(number);
        IndexingAppend append =
            new IndexingAppend(group.next(AppendSpec.plain().withSize(message.length)));
        append.write(ByteBuffer.wrap(message));
        append.end();
      }
      group.commit();
    }
  }

  /** Numbers in a few letters, so that there are as many trigrams as in words. */
  private static byte[] message(int number) {
    String text = Long.toString(number * 2_654_435_761L + 1_000_000_007L, 26);
    String needle = number == NEEDLE_AT ? NEEDLE : "";
    return ("Subject: one of many\r\n\r\nThe text " + text + " " + needle + "\r\n")
        .getBytes(US_ASCII);
  }

  private static void fill(Account account, int size) throws StoreException {
    for (int there = 0; there < size; there += GROUP) {
      append(account, there, Math.min(GROUP, size - there));
    }
  }
}
