package org.posthorn.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.posthorn.imap.limit.MessageLimit;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;

/** The guide cannot lie. */
class GuideTest {
  private static final Path MODULE =
      Path.of(System.getProperty("posthorn.repository", ".."), "imap-core");

  /** The code of the guide. */
  private static ImapService service(MailStore store) {
    ImapService imap =
        ImapService.builder()
            .store(store)
            .authenticator(new MemoryAuthenticator().user("alice", "secret"))
            .hostname("imap.example.org")
            .limits(ImapLimits.builder().message(50L << 20).build())
            .build();
    return imap;
  }

  @Test
  void theCodeIsWhatIsCompiledHere() throws IOException {
    String guide = squeezed(MODULE.resolve("README.md"));
    String here = squeezed(MODULE.resolve("src/test/java/org/posthorn/imap/GuideTest.java"));
    int from = guide.indexOf("ImapService imap =");
    String code = guide.substring(from, guide.indexOf("```", from)).strip();
    assertTrue(here.contains(code), code);
  }

  @Test
  void theTableIsTheRegistry() throws IOException {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(MODULE.resolve("README.md"))) {
      if (line.startsWith("| ") && !line.startsWith("| Capability")) {
        List<String> cells =
            Arrays.stream(line.split("\\|", -1)).map(String::strip).skip(1).toList();
        rows.put(cells.get(0), cells);
      }
    }
    List<ImapExtension> standard = Extensions.standard();
    List<ImapExtension> all = new ArrayList<>(standard);
    all.addAll(
        List.of(
            Personas.xlist(),
            Personas.gmail(),
            new LiteralMinus(),
            MessageLimit.all(1_000),
            MessageLimit.saving(1_000)));
    assertEquals(all.stream().map(ImapExtension::name).toList(), List.copyOf(rows.keySet()));
    for (ImapExtension extension : all) {
      List<String> row = rows.get(extension.name());
      check(extension, row);
      assertEquals(
          standard.contains(extension), !row.get(2).startsWith("off by default"), extension.name());
    }
  }

  /** What has all facets announces all that the table says is announced. */
  @Test
  void aStoreWithAllFacetsHasAllExtensions() throws StoreException {
    try (MemoryStore store = MemoryStore.withAccounts()) {
      assertEquals(
          Extensions.standard().stream().map(ImapExtension::name).toList(),
          service(new IndexedStore(store)).registry().extensions().stream()
              .map(ImapExtension::name)
              .toList());
    }
  }

  private static void check(ImapExtension extension, List<String> row) {
    assertNotNull(row);
    Set<String> commands =
        extension.commands().stream()
            .map(Command::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(commands, commands(row.get(3)), extension.name());
    Set<String> facets =
        extension.facets().stream().map(Class::getSimpleName).collect(Collectors.toSet());
    assertEquals(facets.isEmpty() ? "-" : String.join(" ", facets), row.get(4));
    Path file = MODULE.resolve("src/main/java/org/posthorn/imap").resolve(row.get(5));
    assertTrue(Files.exists(file), file::toString);
  }

  private static Set<String> commands(String cell) {
    Set<String> names = new TreeSet<>();
    for (String part : List.of(cell.split(", ", -1))) {
      if (part.startsWith("UID ")) {
        names.add(part);
      } else {
        names.addAll(List.of(part.split(" ", -1)));
      }
    }
    names.remove("-");
    return names;
  }

  private static String squeezed(Path file) throws IOException {
    return Files.readString(file).replaceAll("\\s+", " ");
  }
}
