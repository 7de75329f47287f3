package org.posthorn.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.posthorn.imap.ImapService;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.store.memory.MemoryStore;

/** The guide's code: it stands here word for word, so it compiles and runs. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private final KeyStore keyStore = LineClient.keyStore("localhost.p12");

  @Test
  void servesImap() throws IOException {
    try (MemoryStore store = MemoryStore.withAccounts("anna")) {
      ImapService imap =
          ImapService.builder()
              .store(store)
              .authenticator(new MemoryAuthenticator().user("anna", "secret"))
              .build();
      try (MailServer server =
          MailServer.builder()
              .tls(TlsConfig.of(keyStore, "secret".toCharArray()))
              .listen("imap", "127.0.0.1", 0, TlsMode.STARTTLS, imap)
              .listen("imaps", "127.0.0.1", 0, TlsMode.IMPLICIT, imap)
              .start()) {
        talkTo(server.address("imaps"));
      }
    }
  }

  private static void talkTo(InetSocketAddress address) throws IOException {
    try (LineClient client = new LineClient(address)) {
      client.startTls("localhost");
      assertTrue(client.line().startsWith("* OK"));
      client.send("a LOGIN anna secret\r\n");
      String answer = client.line();
      while (answer.startsWith("*")) {
        answer = client.line();
      }
      assertTrue(answer.startsWith("a OK"), answer);
    }
  }

  @Test
  void standsInTheGuideAsItIsHere() throws IOException {
    String source = Files.readString(Path.of("src/test/java/org/posthorn/server/ReadmeTest.java"));
    int blocks = 0;
    for (Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md"))); block.find(); ) {
      assertTrue(squeezed(source).contains(squeezed(block.group(1))), block.group(1));
      blocks++;
    }
    assertEquals(1, blocks);
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", " ");
  }
}
