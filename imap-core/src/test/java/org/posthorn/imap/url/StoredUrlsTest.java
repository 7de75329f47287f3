package org.posthorn.imap.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.url.ImapUrlException;
import org.posthorn.protocol.url.UrlReader;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.UrlKeys;
import org.posthorn.store.memory.MemoryStore;

/** What a submission server gets by URLs (RFC 4468). */
class StoredUrlsTest {
  private static final UrlReader ALICE = new UrlReader("alice", true);
  private static final UrlReader BOB = new UrlReader("bob", true);

  private final MemoryStore store = MemoryStore.builder().build();
  private final StoredUrls urls =
      new StoredUrls(store, InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));

  @BeforeEach
  void oneMessage() throws StoreException {
    store.createAccount("alice");
    try (Account account = store.open(Identity.owner("alice"));
        AppendGroup group = account.beginAppend(MailboxName.INBOX, Optional.empty())) {
      IndexingAppend message = new IndexingAppend(group.next(AppendSpec.plain()));
      message.write(ByteBuffer.wrap("Subject: s\r\n\r\nHello".getBytes(StandardCharsets.UTF_8)));
      message.end();
      group.commit();
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String signed(String rump) throws StoreException {
    byte[] key =
        store.facet(UrlKeys.class).orElseThrow().key(Identity.owner("alice"), MailboxName.INBOX);
    return rump + ":internal:" + UrlTokens.token(key, rump);
  }

  private String fetched(String url, UrlReader reader) throws Exception {
    try (OutputSource source = urls.open(url, reader)) {
      ByteBuffer octets = ByteBuffer.allocate((int) source.length());
      while (octets.hasRemaining()) {
        source.read(octets, CallContext.NONE);
      }
      return new String(octets.array(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void submissionOnBehalfOfTheUser() throws Exception {
    String url = signed("imap://alice@host/INBOX/;uid=1/;section=TEXT;urlauth=submit+alice");
    assertEquals("Hello", fetched(url, ALICE));
    assertThrows(ImapUrlException.class, () -> urls.open(url, BOB));
    assertThrows(ImapUrlException.class, () -> urls.open(url, new UrlReader("alice", false)));
  }

  @Test
  void expired() throws Exception {
    String rump = "imap://alice@host/INBOX/;uid=1;expire=%s;urlauth=submit+alice";
    String good = signed(rump.formatted("2026-01-01T00:00:01Z"));
    assertEquals("Subject: s\r\n\r\nHello", fetched(good, ALICE));
    String late = signed(rump.formatted("2026-01-01T00:00:00Z"));
    assertThrows(ImapUrlException.class, () -> urls.open(late, ALICE));
  }

  @Test
  void forgedOrBroken() throws Exception {
    String url = signed("imap://alice@host/INBOX/;uid=1;urlauth=submit+alice");
    String other = url.replace("uid=1", "uid=2");
    assertThrows(ImapUrlException.class, () -> urls.open(other, ALICE));
    String nobody = url.replace("alice@", "nobody@");
    assertThrows(ImapUrlException.class, () -> urls.open(nobody, ALICE));
    String unsigned = url.substring(0, url.indexOf(":internal"));
    assertThrows(ImapUrlException.class, () -> urls.open(unsigned, ALICE));
    assertThrows(ImapUrlException.class, () -> urls.open("nonsense", ALICE));
  }
}
