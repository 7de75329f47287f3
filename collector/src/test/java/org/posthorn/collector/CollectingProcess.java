package org.posthorn.collector;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.posthorn.delivery.LocalDelivery;
import org.posthorn.smtp.Address;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.jdbc.SqliteStore;

/** The process to be killed: collects without end into a store in files. */
public final class CollectingProcess {
  private CollectingProcess() {}

  /** Arguments: directory, port of the outside server, protocol. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Source source = source(Protocol.valueOf(arguments[2]), Integer.parseInt(arguments[1]));
    try (MailStore store = store(folder);
        SeenMessages seen = new Telling(FileSeenMessages.in(folder.resolve("seen")))) {
      Collector collector = new Collector(delivery(store, folder), seen);
      while (true) {
        try {
          collector.collect(source);
        } catch (IOException busy) {
          // The server may not have noticed yet that the process before was killed.
          Thread.onSpinWait();
        }
      }
    }
  }

  static MailStore store(Path folder) throws Exception {
    MailStore store = SqliteStore.in(folder.resolve("store")).open();
    store.facet(AccountDirectory.class).orElseThrow().create("alice");
    return store;
  }

  static LocalDelivery delivery(MailStore store, Path folder) {
    return LocalDelivery.into(store, "mx.own.example")
        .domains(Set.of("own.example"))
        .spool(folder, 1 << 20)
        .build();
  }

  static Source source(Protocol protocol, int port) {
    Address alice = new Address("alice", "own.example");
    Source source =
        protocol == Protocol.POP3
            ? Source.pop3s("localhost", "out", "pass word", alice)
            : Source.imaps("localhost", "out", "pass word", alice);
    return source.at("localhost", port, Security.NONE);
  }

  /** Says that the process works when the first message has come, however slow the machine is. */
  private static final class Telling implements SeenMessages {
    private final SeenMessages seen;
    private boolean told;

    Telling(SeenMessages seen) {
      this.seen = seen;
    }

    @Override
    public Optional<Instant> seen(String source, String uid) throws StoreException {
      return seen.seen(source, uid);
    }

    @Override
    public void note(String source, String uid, Instant when) throws StoreException {
      seen.note(source, uid, when);
      if (!told) {
        told = true;
        System.out.println("ready");
      }
    }

    @Override
    public void retain(String source, Set<String> present) throws StoreException {
      seen.retain(source, present);
    }

    @Override
    public void close() throws StoreException {
      seen.close();
    }
  }
}
