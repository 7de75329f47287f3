package org.posthorn.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.StoreException;

/** The guide's code: it stands in this module's tests word for word, so it compiles and runs. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Path TESTS = Path.of("src/test/java/org/posthorn/store/memory");

  @Test
  void opensAStoreWithAccounts() throws StoreException {
    MemoryStore store = MemoryStore.withAccounts("alice", "bob");
    assertEquals(List.of("alice", "bob"), accounts(store));
  }

  @Test
  void opensAStoreWithOptions() throws StoreException {
    MemoryStore store =
        MemoryStore.builder()
            .clock(Clock.systemUTC())
            .limits(MemoryLimits.DEFAULTS.withMessageOctets(10 << 20).withMailboxes(100))
            .lease(Duration.ofMinutes(15))
            .build();
    store.createAccount("alice");
    assertEquals(List.of("alice"), accounts(store));
  }

  private static List<String> accounts(MemoryStore store) throws StoreException {
    return store.facet(AccountDirectory.class).orElseThrow().list("", 10);
  }

  @Test
  void standsInTheGuideAsItIsHere() throws IOException {
    assertEquals(2, blocksIn(Path.of("README.md"), TESTS.resolve("ReadmeTest.java")));
  }

  @Test
  void standsInTheGuideOfTheContractKit() throws IOException {
    assertEquals(
        1,
        blocksIn(
            Path.of("../../testkit/README.md"), TESTS.resolve("MemoryStoreContractTest.java")));
  }

  private static int blocksIn(Path guide, Path source) throws IOException {
    String code = squeezed(Files.readString(source));
    int blocks = 0;
    for (Matcher block = BLOCK.matcher(Files.readString(guide)); block.find(); ) {
      assertTrue(code.contains(squeezed(block.group(1))), block.group(1));
      blocks++;
    }
    return blocks;
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }
}
