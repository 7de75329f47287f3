package org.posthorn.store.cassandra;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Two stores that stand for two servers on one keyspace, with the account alice. */
abstract class TwoServers {
  static final MailboxName INBOX = MailboxName.INBOX;
  static final UidSet ALL = UidSet.range(1, UidSet.MAX_UID);

  CassandraStore here;
  CassandraStore there;

  @BeforeEach
  void open() throws Exception {
    TestKeyspace.emptied();
    here = TestKeyspace.shared().open();
    there = TestKeyspace.shared().open();
    here.facet(AccountDirectory.class).orElseThrow().create("alice");
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  static Account alice(CassandraStore store) throws StoreException {
    return store.open(Identity.owner("alice"));
  }

  static Appended append(CassandraStore store, MailboxName name, String... messages)
      throws StoreException {
    return append(store, name, Flags.NONE, messages);
  }

  static Appended append(CassandraStore store, MailboxName name, Flags flags, String... messages)
      throws StoreException {
    try (Account account = alice(store);
        AppendGroup group = account.beginAppend(name, Optional.empty())) {
      for (String message : messages) {
        IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain().withFlags(flags)));
        append.write(ByteBuffer.wrap(message.getBytes(StandardCharsets.US_ASCII)));
        append.end();
      }
      return group.commit();
    }
  }

  /** One message into the INBOX of an account. */
  static void appendTo(CassandraStore store, String name) throws StoreException {
    try (Account account = store.open(Identity.owner(name));
        AppendGroup group = account.beginAppend(INBOX, Optional.empty())) {
      IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
      append.write(ByteBuffer.wrap("a\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      append.end();
      group.commit();
    }
  }

  static Mailbox open(CassandraStore store, MailboxName name) throws StoreException {
    return alice(store).open(name, Access.WRITE);
  }
}
