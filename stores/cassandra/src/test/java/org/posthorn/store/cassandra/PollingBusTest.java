package org.posthorn.store.cassandra;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.ListQuery;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.support.HintBus;
import org.posthorn.testkit.CuttableRelay;
import org.posthorn.testkit.store.HintBusContract;

/** Each bus polls through connections of its own that can be broken. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
@Tag("long")
class PollingBusTest extends HintBusContract {
  private final String keyspace = TestKeyspace.emptied();
  private final List<CassandraStore> stores = new ArrayList<>();
  private CassandraStore working;
  private CuttableRelay relay;

  @BeforeEach
  void open() throws Exception {
    CassandraNode node = CassandraNode.shared();
    relay = CuttableRelay.to(node.host(), node.cqlPort());
    working = CassandraStore.at(keyspace).open();
    working.facet(AccountDirectory.class).orElseThrow().create("alice");
  }

  @Override
  protected HintBus join() throws Exception {
    String relayed = keyspace.replaceFirst("//.*/", "//127.0.0.1:" + relay.port() + "/");
    CassandraStore store = CassandraStore.at(relayed).open();
    stores.add(store);
    return new PollingBus(store.parts().cql(), store.parts().accounts());
  }

  @Override
  protected Place place(int number) throws Exception {
    MailboxName name = number == 0 ? MailboxName.INBOX : MailboxName.of("other");
    try (Account account = working.open(Identity.owner("alice"))) {
      if (number > 0 && account.list(ListQuery.ALL).size() == 1) {
        account.create(name, Set.of());
      }
      try (Mailbox mailbox = account.open(name, Access.READ)) {
        return new Place("alice", mailbox.info().id(), name);
      }
    }
  }

  /** Whatever server changes something: the bus asks the database. */
  @Override
  protected void change(HintBus bus, Place place) throws Exception {
    try (Account account = working.open(Identity.owner(place.account()));
        AppendGroup group = account.beginAppend(place.name(), Optional.empty())) {
      IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
      append.write(ByteBuffer.wrap("a\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      append.end();
      group.commit();
    }
    super.change(bus, place);
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
    stores.forEach(CassandraStore::close);
    working.close();
    relay.close();
  }
}
