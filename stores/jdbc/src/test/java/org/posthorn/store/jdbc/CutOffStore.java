package org.posthorn.store.jdbc;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.testkit.CuttableRelay;
import org.posthorn.testkit.store.CrashingStore;

/** What PostgreSQL sees of a process that dies: its connections end, between any two packets. */
final class CutOffStore implements CrashingStore {
  /**
   * Packets that are one step: new connections after each take a second, so all only in the soak.
   */
  private static final int PACKETS = Boolean.getBoolean("posthorn.soak") ? 1 : 3;

  private final CuttableRelay relay;
  private final PostgresStore store;

  CutOffStore(PgAddress address) throws IOException, StoreException {
    relay = CuttableRelay.to(address.host(), address.port());
    store =
        PostgresStore.at(
                "postgresql://"
                    + address.user()
                    + ":"
                    + address.password()
                    + "@127.0.0.1:"
                    + relay.port()
                    + "/"
                    + address.database()
                    + "?loginTimeout=1")
            .connections(1, 1)
            .open();
  }

  @Override
  public MailStore store() {
    return store;
  }

  @Override
  public void dieAfter(int steps) {
    relay.cutAfter(steps * PACKETS);
  }

  /** Connections that broke unnoticed fail once more before there are new ones. */
  @Override
  public void revive() {
    relay.heal();
    for (int tries = 0; !works(); tries++) {
      if (tries > 200) {
        throw new IllegalStateException("the database cannot be used any more");
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  private boolean works() {
    try (Account account = store.open(Identity.owner("alice"))) {
      account.list(ListQuery.ALL);
      account.subscribe(MailboxName.INBOX);
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  @Override
  public void close() throws StoreException, IOException {
    store.close();
    relay.close();
  }
}
