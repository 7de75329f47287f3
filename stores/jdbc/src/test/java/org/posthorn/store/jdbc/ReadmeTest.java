package org.posthorn.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.StoreException;

/** The guide's code: it stands here word for word, so it compiles. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  static SqliteStore simple() throws StoreException {
    SqliteStore store = SqliteStore.in(Path.of("mail")).open();
    store.facet(AccountDirectory.class).orElseThrow().create("alice");
    return store;
  }

  static SqliteStore withOptions() throws StoreException {
    SqliteStore store =
        SqliteStore.in(Path.of("mail"))
            .openAccounts(200)
            .messageOctets(50L << 20)
            .vanished(100_000, Duration.ofDays(30))
            .open();
    return store;
  }

  static SqliteStore compressed() throws StoreException {
    SqliteStore store = SqliteStore.in(Path.of("mail")).compression(Compression.deflate()).open();
    return store;
  }

  static PostgresStore inPostgres() throws StoreException {
    PostgresStore store =
        PostgresStore.at("postgresql://mail:secret@db.example.org/mail")
            .connections(16, 16)
            .vanished(100_000, Duration.ofDays(30))
            .open();
    return store;
  }

  @Test
  void standsInTheGuideAsItIsHere() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/org/posthorn/store/jdbc/ReadmeTest.java"));
    int blocks = 0;
    for (Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md"))); block.find(); ) {
      assertTrue(squeezed(source).contains(squeezed(block.group(1))), block.group(1));
      blocks++;
    }
    assertEquals(4, blocks);
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
