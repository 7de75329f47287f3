package org.posthorn.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.posthorn.imap.ImapService;
import org.posthorn.imap.url.StoredUrls;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/** A URL that GENURLAUTH made is what BURL may fetch. */
class ImapUrlsTest {
  private static final String RUMP =
      "imap://alice@Mail.Example.org/INBOX/;uid=1/;section=TEXT;urlauth=submit+alice";

  @Test
  void whatGenUrlAuthMadeIsFetched() throws Exception {
    try (MemoryStore store = MemoryStore.withAccounts("alice")) {
      append(store, "Subject: s\r\n\r\nHello");
      ImapUrls urls =
          new ImapUrls(new StoredUrls(store, InstantSource.system()), Set.of("mail.example.org"));
      assertEquals(List.of("imap://mail.example.org"), urls.announced());
      String url = authorized(store);
      try (OutputSource source = urls.open(Identity.owner("alice"), url)) {
        assertEquals("Hello", text(source));
      }
      assertCode(StoreException.Code.NO_PERMISSION, urls, "bob", url);
      assertCode(StoreException.Code.NO_PERMISSION, urls, "alice", RUMP);
      assertCode(
          StoreException.Code.CANNOT, urls, "alice", url.replace("Mail.Example.org", "evil"));
      assertCode(StoreException.Code.CANNOT, urls, "alice", "http://mail.example.org/");
    }
  }

  private static void assertCode(StoreException.Code code, ImapUrls urls, String user, String url) {
    StoreException why =
        assertThrows(StoreException.class, () -> urls.open(Identity.owner(user), url));
    assertEquals(code, why.code());
  }

  private static String authorized(MemoryStore store) throws Exception {
    ImapService imap =
        ImapService.builder()
            .store(store)
            .authenticator(new MemoryAuthenticator().user("alice", "secret"))
            .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
            .build();
    EngineHarness client = new EngineStage().open(imap);
    client.send("a LOGIN alice secret\r\nb GENURLAUTH \"" + RUMP + "\" INTERNAL\r\n");
    Matcher url = Pattern.compile("GENURLAUTH \"([^\"]*)\"").matcher(client.readText());
    url.find();
    return url.group(1);
  }

  private static String text(OutputSource source) throws StoreException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer some = ByteBuffer.allocate(3);
    while (source.read(some, CallContext.NONE) >= 0) {
      all.write(some.array(), 0, some.position());
      some.clear();
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private static void append(MemoryStore store, String text) throws StoreException {
    try (Account account = store.open(Identity.owner("alice"));
        AppendGroup group = account.beginAppend(MailboxName.INBOX, Optional.empty())) {
      IndexingAppend message = new IndexingAppend(group.next(AppendSpec.plain()));
      message.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      message.end();
      group.commit();
    }
  }
}
