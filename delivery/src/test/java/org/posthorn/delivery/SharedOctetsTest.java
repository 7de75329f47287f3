package org.posthorn.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Account;
import org.posthorn.store.Append;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.memory.MemoryStore;

class SharedOctetsTest {
  private static final String CONTENT = "Subject: x\r\n\r\ntext\r\n";

  @TempDir Path directory;
  private final MemoryStore store = MemoryStore.withAccounts("alice", "bob", "carol");

  /** Of a store that frees octets under those who hold them. */
  private record Freeing(AppendGroup group) implements AppendGroup {
    @Override
    public Append next(AppendSpec spec) throws StoreException {
      return group.next(spec);
    }

    @Override
    public void nextLike(AppendSpec spec, MessageContent like, MessageIndex index)
        throws StoreException {
      throw new StoreException(Code.EXPUNGED, "the message is gone");
    }

    @Override
    public Appended commit() throws StoreException {
      return group.commit();
    }

    @Override
    public void close() throws StoreException {
      group.close();
    }
  }

  private AppendGroup begin(String account) throws StoreException {
    try (Account open = store.open(Identity.owner(account))) {
      return open.beginAppend(MailboxName.INBOX, Optional.empty());
    }
  }

  private static void deliver(SharedOctets octets, AppendGroup group, String header)
      throws StoreException {
    try (group) {
      octets.append(group, AppendSpec.plain(), header.getBytes(StandardCharsets.US_ASCII));
      group.commit();
    }
  }

  @Test
  void octetsThatAreGoneComeFromTheSpoolAgain() throws Exception {
    try (Spool spool = spooled();
        SharedOctets octets = new SharedOctets(spool)) {
      deliver(octets, begin("alice"), "To: x\r\n");
      deliver(octets, new Freeing(begin("bob")), "To: x\r\n");
      assertEquals(2L * (7 + CONTENT.length()), store.bodyOctets());
      deliver(octets, begin("carol"), "To: x\r\n");
      assertEquals(2L * (7 + CONTENT.length()), store.bodyOctets());
    }
    for (String account : List.of("alice", "bob", "carol")) {
      assertEquals(List.of("To: x\r\n" + CONTENT), Deliveries.inbox(store, account));
    }
  }

  @Test
  void anotherHeaderIsAnotherBody() throws Exception {
    try (Spool spool = spooled();
        SharedOctets octets = new SharedOctets(spool)) {
      deliver(octets, begin("alice"), "To: x\r\n");
      deliver(octets, begin("bob"), "To: y\r\n");
    }
    assertEquals(List.of("To: y\r\n" + CONTENT), Deliveries.inbox(store, "bob"));
    assertEquals(2L * (7 + CONTENT.length()), store.bodyOctets());
  }

  private Spool spooled() throws StoreException {
    Spool spool = new Spool(directory, 1_000);
    spool.write(ByteBuffer.wrap(CONTENT.getBytes(StandardCharsets.US_ASCII)));
    return spool;
  }
}
