package org.posthorn.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.backup.Backup;
import org.posthorn.backup.Progress;
import org.posthorn.pop3.Pop3Service;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.server.jdk.JdkTransport;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.UidSet;

/** Unique ids of POP3 stay when a maildrop moves to a store of another kind and back. */
class UidlOverStoresTest {
  private static final MemoryAuthenticator USERS =
      new MemoryAuthenticator().user("alice", TestServer.PASSWORD);

  @TempDir Path folder;

  private static List<String> uniqueIds(MailStore store) throws Exception {
    Pop3Service pop3 =
        Pop3Service.builder()
            .store(store)
            .authenticator(USERS)
            .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
            .build();
    try (MailServer server =
            MailServer.builder()
                .transport(new JdkTransport())
                .listen("pop3", TestServer.HOST, 0, TlsMode.NONE, pop3)
                .start();
        Pop3Client client = Pop3Client.login(server.port("pop3"), "alice", TestServer.PASSWORD)) {
      client.ask("UIDL");
      List<String> ids = new ArrayList<>();
      for (String line = client.socket().line(); !line.equals("."); line = client.socket().line()) {
        ids.add(line);
      }
      client.quit();
      return ids;
    }
  }

  private static void deliver(MailStore store, String message) throws Exception {
    try (Account account = store.open(Identity.delivery("alice"));
        AppendGroup group = account.beginAppend(MailboxName.INBOX, Optional.empty())) {
      IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
      append.write(ByteBuffer.wrap(message.getBytes(UTF_8)));
      append.end();
      group.commit();
    }
  }

  private MailStore open(Setup.Store kind, String name) throws Exception {
    return kind.open(folder.resolve(name), Clock.systemUTC());
  }

  @Test
  void movesOfStore() throws Exception {
    try (MailStore memory = open(Setup.Store.MEMORY, "a");
        MailStore sqlite = open(Setup.Store.SQLITE, "b");
        MailStore again = open(Setup.Store.MEMORY, "c")) {
      memory.facet(AccountDirectory.class).orElseThrow().create("alice");
      for (int i = 0; i < 5; i++) {
        deliver(memory, "Subject: " + i + "\r\n\r\nx\r\n");
      }
      try (Account account = memory.open(Identity.owner("alice"));
          Mailbox inbox = account.open(MailboxName.INBOX, Access.WRITE)) {
        inbox.remove(UidSet.of(2));
      }
      List<String> ids = uniqueIds(memory);
      assertEquals(4, ids.size());
      Backup.in(folder.resolve("backup1")).all(memory, Progress.NONE);
      Backup.in(folder.resolve("backup1")).restore(sqlite, "alice", Progress.NONE);
      assertEquals(ids, uniqueIds(sqlite));
      Backup.in(folder.resolve("backup2")).all(sqlite, Progress.NONE);
      Backup.in(folder.resolve("backup2")).restore(again, "alice", Progress.NONE);
      assertEquals(ids, uniqueIds(again));
      deliver(again, "Subject: new\r\n\r\nx\r\n");
      List<String> more = uniqueIds(again);
      assertEquals(ids, more.subList(0, 4));
    }
  }
}
