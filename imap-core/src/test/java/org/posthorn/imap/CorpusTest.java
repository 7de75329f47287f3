package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/** Real mail, malformed mail too, goes in by APPEND and comes back byte for byte by FETCH. */
class CorpusTest {
  private static final boolean SOAK = Boolean.getBoolean("posthorn.soak");
  private static final int EVERY = SOAK ? 1 : 17;

  @Test
  void everyMessageComesBack() throws IOException {
    Path corpus = corpus();
    assumeTrue(Files.isDirectory(corpus), () -> "no corpus at " + corpus);
    try (MemoryStore store = MemoryStore.withAccounts("alice")) {
      EngineHarness client = new EngineStage().open(service(store));
      client.send("a LOGIN alice secret\r\na SELECT INBOX\r\n");
      client.read();
      int number = 0;
      for (Path file : messages(corpus)) {
        byte[] message = withCrlf(Files.readAllBytes(file));
        client.send("a APPEND INBOX ~{" + message.length + "+}\r\n");
        client.send(message);
        client.send("\r\n");
        String appended = client.readText();
        assertTrue(appended.contains("a OK [APPENDUID"), () -> file + ": " + appended);
        comesBack(client, ++number, message, file);
      }
      assertTrue(number > 0, "the corpus is empty");
    }
  }

  private static void comesBack(EngineHarness client, int number, byte[] message, Path file) {
    client.send("a FETCH " + number + " BODY.PEEK[]\r\n");
    byte[] answer = client.read();
    String head = "* " + number + " FETCH (BODY[] {" + message.length + "}\r\n";
    int from = head.length();
    assertArrayEquals(head.getBytes(StandardCharsets.US_ASCII), Arrays.copyOf(answer, from));
    assertArrayEquals(
        message, Arrays.copyOfRange(answer, from, from + message.length), file::toString);
    client.send("a FETCH " + number + " (RFC822.SIZE ENVELOPE BODYSTRUCTURE BODY)\r\n");
    byte[] structure = client.read();
    ResponseCheck.wellFormed(structure, file.toString());
    String text = new String(structure, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("RFC822.SIZE " + message.length + " "), file::toString);
    assertTrue(text.endsWith("a OK FETCH completed\r\n"), file::toString);
  }

  private static ImapService service(MemoryStore store) {
    return ImapService.builder()
        .store(store)
        .authenticator(new MemoryAuthenticator().user("alice", "secret"))
        .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
        .failureDelay(FailureDelay.NONE)
        .build();
  }

  private static Path corpus() {
    String given = System.getenv("POSTHORN_CORPUS");
    String repository = System.getProperty("posthorn.repository", "..");
    return Optional.ofNullable(given).map(Path::of).orElse(Path.of(repository, "../shared/corpus"));
  }

  private static List<Path> messages(Path corpus) throws IOException {
    try (Stream<Path> files = Files.walk(corpus)) {
      List<Path> all =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().matches(".*\\.(md|tsv|java|gitattributes)"))
              .filter(file -> file.toFile().length() > 0)
              .sorted()
              .toList();
      return Stream.iterate(0, i -> i < all.size(), i -> i + EVERY).map(all::get).toList();
    }
  }

  /** As a mail client would hand it over. */
  private static byte[] withCrlf(byte[] message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + 100);
    int last = -1;
    for (byte octet : message) {
      if (octet == '\n' && last != '\r') {
        out.write('\r');
      }
      out.write(octet);
      last = octet;
    }
    if (last != '\n') {
      out.writeBytes(new byte[] {'\r', '\n'});
    }
    return out.toByteArray();
  }
}
