package org.posthorn.store.jdbc.kill;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Acl;
import org.posthorn.store.EntryName;
import org.posthorn.store.Identity;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;

/**
 * The process to be killed: waits for a line of input, then workers append, flag, copy, move,
 * replace and expunge in two accounts that share a quota root, make, rename and delete mailboxes,
 * annotate and share them, until the end. It is ready when each has done something.
 */
public final class StormProcess {
  static final int WORKERS = 3;
  static final List<String> ACCOUNTS = List.of("alice", "bob");
  static final List<MailboxName> MAILBOXES = List.of(MailboxName.INBOX, MailboxName.of("A"));

  private StormProcess() {}

  /** Arguments: directory or address of the store, directory of the journals, generation. */
  public static void main(String[] arguments) throws Exception {
    Path journals = Path.of(arguments[1]);
    int generation = Integer.parseInt(arguments[2]);
    if (System.in.read() < 0) {
      return;
    }
    MailStore store = StormStore.open(arguments[0]);
    prepare(store);
    List<Thread> workers = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(WORKERS);
    Sight sight = Sight.of(store);
    for (int worker = 0; worker < WORKERS; worker++) {
      Journal journal = new Journal(journal(journals, worker));
      StormWorker storm = new StormWorker(store, journal, worker, generation, sight.of(worker));
      workers.add(new Thread(() -> run(storm, journal, started)));
    }
    workers.forEach(Thread::start);
    started.await();
    System.out.println("ready");
  }

  static Path journal(Path directory, int worker) {
    return directory.resolve("journal-" + worker);
  }

  /** The entry that a worker sets. */
  static EntryName note(int worker) {
    return new EntryName("/shared/vendor/storm/w" + worker);
  }

  /** With whom a worker shares mailboxes. */
  static String guest(int worker) {
    return "guest" + worker;
  }

  private static void prepare(MailStore store) throws StoreException {
    AccountDirectory directory = store.facet(AccountDirectory.class).orElseThrow();
    for (int worker = 0; worker < WORKERS; worker++) {
      directory.create(guest(worker));
    }
    for (String account : ACCOUNTS) {
      directory.create(account);
    }
    Acl acl = store.facet(Acl.class).orElseThrow();
    for (String owner : ACCOUNTS) {
      Identity who = Identity.owner(owner);
      try (Account account = store.open(who)) {
        for (MailboxName name : MAILBOXES) {
          if (account.list(ListQuery.ALL).stream().noneMatch(info -> info.name().equals(name))) {
            account.create(name, Set.of());
          }
          for (String other : ACCOUNTS) {
            if (!other.equals(owner)) {
              acl.set(who, name, other, Acl.Mode.REPLACE, Rights.ALL);
            }
          }
        }
      }
    }
  }

  private static void run(StormWorker storm, Journal journal, CountDownLatch started) {
    try {
      storm.step();
      started.countDown();
      storm.run();
    } catch (StoreException | IOException | RuntimeException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      journal.write("failed " + trace.toString().replace('\n', ' '));
      started.countDown();
    }
  }
}
