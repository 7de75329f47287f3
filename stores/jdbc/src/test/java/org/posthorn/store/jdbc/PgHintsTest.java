package org.posthorn.store.jdbc;

import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.support.HintBus;
import org.posthorn.testkit.CuttableRelay;
import org.posthorn.testkit.store.HintBusContract;

/** LISTEN and NOTIFY, through connections that can be broken. */
class PgHintsTest extends HintBusContract {
  private final PgAddress address = PgAddress.parse(EmbeddedPostgres.emptied());
  private final CuttableRelay relay;
  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private final PgPool pool;
  private long processes;

  PgHintsTest() throws Exception {
    relay = CuttableRelay.to(address.host(), address.port());
    database.setServerNames(new String[] {"127.0.0.1"});
    database.setPortNumbers(new int[] {relay.port()});
    database.setDatabaseName(address.database());
    database.setUser(address.user());
    database.setPassword(address.password());
    pool = new PgPool(database, Duration.ofSeconds(5), 1, 1);
  }

  @Override
  protected HintBus join() {
    return new PgHints(database, ++processes, told -> pool.tell(PgListener.CHANNEL, told));
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
    pool.close();
    relay.close();
  }
}
