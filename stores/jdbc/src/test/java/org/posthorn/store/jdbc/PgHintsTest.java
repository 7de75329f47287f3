package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.support.HintBus;
import org.posthorn.testkit.CuttableRelay;
import org.posthorn.testkit.store.HintBusContract;

/** LISTEN and NOTIFY, through connections that can be broken. */
class PgHintsTest extends HintBusContract {
  private static final Duration SILENCE = Duration.ofSeconds(1);

  private final PgAddress address = PgAddress.parse(EmbeddedPostgres.emptied());
  private final CuttableRelay relay;
  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private long processes;

  PgHintsTest() throws Exception {
    relay = CuttableRelay.to(address.host(), address.port());
    reach(database, "127.0.0.1", relay.port());
  }

  private void reach(PGSimpleDataSource source, String host, int port) {
    source.setServerNames(new String[] {host});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(address.database());
    source.setUser(address.user());
    source.setPassword(address.password());
  }

  private PgHints bus(PGSimpleDataSource source) {
    return new PgHints(source, ++processes, SILENCE);
  }

  @Override
  protected HintBus join() {
    return bus(database);
  }

  @Override
  protected Place place(int number) {
    return new Place("7" + number, new MailboxId("F" + number), MailboxName.of("böx " + number));
  }

  @Override
  protected boolean cut() {
    relay.cut();
    return true;
  }

  @Override
  protected void heal() {
    relay.heal();
  }

  @Override
  protected void closeShared() throws Exception {
    relay.close();
  }

  /** The database takes the lost connection for alive, and the lock that it has for taken. */
  @Test
  void whatANetworkSwallowedIsListenedToAnew() throws Exception {
    PGSimpleDataSource direct = new PGSimpleDataSource();
    reach(direct, address.host(), address.port());
    AtomicInteger heard = new AtomicInteger();
    AtomicInteger missed = new AtomicInteger();
    try (PgHints speaking = bus(direct);
        PgHints listening = bus(database)) {
      listening.start(new Counting(heard, missed));
      speaking.start(new Counting(new AtomicInteger(), new AtomicInteger()));
      Place place = place(0);
      speaking.tell(place.account(), place.id(), place.name());
      await(() -> heard.get() == 1);
      relay.swallow();
      speaking.tell(place.account(), place.id(), place.name());
      relay.heal();
      await(() -> missed.get() > 0);
      int before = heard.get();
      speaking.tell(place.account(), place.id(), place.name());
      await(() -> heard.get() > before);
    }
  }

  @Test
  void whoFailsAtAHintHearsTheNext() throws Exception {
    AtomicInteger heard = new AtomicInteger();
    HintBus.Ear failing =
        new HintBus.Ear() {
          @Override
          public void heard(String account, MailboxId id, MailboxName name) {
            if (heard.incrementAndGet() == 1) {
              throw new IllegalStateException("an ear that fails");
            }
          }

          @Override
          public void mayHaveMissed() {
            throw new AssertionError("the connection was not lost");
          }
        };
    try (HintBus speaking = join();
        HintBus listening = join()) {
      listening.start(failing);
      speaking.start(new Counting(new AtomicInteger(), new AtomicInteger()));
      Place place = place(0);
      for (int times = 1; times <= 2; times++) {
        int expected = times;
        speaking.tell(place.account(), place.id(), place.name());
        await(() -> heard.get() == expected);
      }
    }
  }

  private record Counting(AtomicInteger heard, AtomicInteger missed) implements HintBus.Ear {
    @Override
    public void heard(String account, MailboxId id, MailboxName name) {
      heard.incrementAndGet();
    }

    @Override
    public void mayHaveMissed() {
      missed.incrementAndGet();
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it was not heard of");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
