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
import org.posthorn.store.Identity;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/**
 * The process to be killed: waits for a line of input, then workers append, flag, copy, move and
 * expunge until the end. It is ready when each has done something.
 */
public final class StormProcess {
  static final int WORKERS = 3;
  static final String ACCOUNT = "alice";
  static final List<MailboxName> MAILBOXES =
      List.of(MailboxName.INBOX, MailboxName.of("A"), MailboxName.of("B"));

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
    for (int worker = 0; worker < WORKERS; worker++) {
      Account account = store.open(Identity.owner(ACCOUNT));
      Journal journal = new Journal(journal(journals, worker));
      StormWorker storm = new StormWorker(account, journal, worker, generation);
      storm.findOwn();
      workers.add(new Thread(() -> run(storm, journal, started)));
    }
    workers.forEach(Thread::start);
    started.await();
    System.out.println("ready");
  }

  static Path journal(Path directory, int worker) {
    return directory.resolve("journal-" + worker);
  }

  private static void prepare(MailStore store) throws StoreException {
    store.facet(AccountDirectory.class).orElseThrow().create(ACCOUNT);
    try (Account account = store.open(Identity.owner(ACCOUNT))) {
      for (MailboxName name : MAILBOXES) {
        if (!name.isInbox()
            && account.list(ListQuery.ALL).stream().noneMatch(info -> info.name().equals(name))) {
          account.create(name, Set.of());
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
