package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** COMPRESS=DEFLATE (RFC 4978) over sockets, with the JDK's own DEFLATE as the client's. */
class CompressionTest {
  @TempDir Path folder;

  static Stream<Setup> each() {
    return Setup.each();
  }

  @ParameterizedTest
  @MethodSource("each")
  void everythingPassesThroughDeflate(Setup setup) throws Exception {
    byte[] message =
        ("Subject: long\r\n\r\n" + "The same line again and again.\r\n".repeat(20_000))
            .getBytes(StandardCharsets.US_ASCII);
    try (TestServer server = TestServer.start(setup, folder);
        ImapClient client = server.imap("alice")) {
      client.ask("COMPRESS DEFLATE");
      client.compress();
      client.append("INBOX", message);
      client.ask("SELECT INBOX");
      assertArrayEquals(message, client.ask("FETCH 1 BODY.PEEK[]").get(0).literals().get(0));
      assertEquals(List.of("* SEARCH 1"), client.lines("SEARCH SUBJECT long"));
    }
  }
}
