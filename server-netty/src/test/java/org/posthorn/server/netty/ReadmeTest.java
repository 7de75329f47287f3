package org.posthorn.server.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.server.LineServices;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsConfig;
import org.posthorn.server.TlsMode;

/** The guide's code: it stands here word for word, so it compiles and runs. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void starts() throws IOException {
    EngineFactory service = LineServices.newService();
    KeyStore keys = LineServices.keyStore();
    TlsConfig tls = TlsConfig.of(keys, "secret".toCharArray());
    MailServer server =
        MailServer.builder()
            .transport(new NettyTransport())
            .tls(tls)
            .listen("submissions", "127.0.0.1", 0, TlsMode.IMPLICIT, service)
            .start();
    assertTrue(server.port("submissions") > 0);
    server.close();
  }

  @Test
  void standsInTheGuideAsItIsHere() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/org/posthorn/server/netty/ReadmeTest.java"));
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
