package org.posthorn.store.cassandra;

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

  static CassandraStore simple() throws StoreException {
    CassandraStore store = CassandraStore.at("cassandra://10.0.0.1,10.0.0.2/mail").open();
    store.facet(AccountDirectory.class).orElseThrow().create("alice");
    return store;
  }

  static CassandraStore withOptions() throws StoreException {
    CassandraStore store =
        CassandraStore.at(
                "cassandra://mail:secret@10.0.0.1,10.0.0.2/mail?datacenter=north&replication=3")
            .messageOctets(50L << 20)
            .history(Duration.ofDays(30))
            .freeAfter(Duration.ofHours(6))
            .open();
    return store;
  }

  @Test
  void standsInTheGuideAsItIsHere() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/org/posthorn/store/cassandra/ReadmeTest.java"));
    int blocks = 0;
    for (Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md"))); block.find(); ) {
      assertTrue(squeezed(source).contains(squeezed(block.group(1))), block.group(1));
      blocks++;
    }
    assertEquals(2, blocks);
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "").strip();
  }
}
