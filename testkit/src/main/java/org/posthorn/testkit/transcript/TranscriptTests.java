package org.posthorn.testkit.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.posthorn.testkit.engine.Feed;

/**
 * Extend it and every {@code *.txt} under {@code src/test/resources/transcripts} becomes a test for
 * each way of cutting up the input; each must give the same output.
 */
public abstract class TranscriptTests {
  private static final long SEED = 20_260_102;

  /** For subclasses. */
  protected TranscriptTests() {}

  /**
   * Fresh connections, a fresh store, with what the script {@linkplain Transcript#setting sets}.
   */
  protected abstract Wires wires(Transcript script, Feed feed) throws Exception;

  /** The output without what differs from one store to the next, such as its identifiers. */
  protected String comparable(String output) {
    return output;
  }

  /** Folder of the scripts on the class path. */
  protected String folder() {
    return "/transcripts";
  }

  @TestFactory
  final Stream<DynamicNode> transcripts() throws Exception {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root())) {
      files = walk.filter(file -> isWanted(String.valueOf(file.getFileName()))).sorted().toList();
    }
    assertFalse(files.isEmpty(), "no transcripts in " + folder());
    return files.stream().map(this::container);
  }

  /** {@code -Dposthorn.transcripts=name} runs some alone, while one is written. */
  private static boolean isWanted(String file) {
    return file.endsWith(".txt") && file.contains(System.getProperty("posthorn.transcripts", ""));
  }

  private Path root() throws IOException, URISyntaxException {
    URL url = getClass().getResource(folder());
    if (url == null) {
      throw new IOException("no folder " + folder() + " on the class path");
    }
    return Path.of(url.toURI());
  }

  private DynamicNode container(Path file) {
    URI source = file.toUri();
    Stream<DynamicTest> tests =
        Feed.all(SEED).stream()
            .map(feed -> DynamicTest.dynamicTest(feed.toString(), source, () -> run(file, feed)));
    return DynamicContainer.dynamicContainer(file.getFileName().toString(), source, tests);
  }

  private void run(Path file, Feed feed) throws Exception {
    Transcript script = Transcript.read(file);
    Map<Integer, String> whole = TranscriptRunner.run(script, wires(script, Feed.whole()));
    Map<Integer, String> cut = TranscriptRunner.run(script, wires(script, feed));
    whole.replaceAll((session, output) -> comparable(output));
    cut.replaceAll((session, output) -> comparable(output));
    assertEquals(whole, cut, "output depends on how the input was cut");
  }
}
