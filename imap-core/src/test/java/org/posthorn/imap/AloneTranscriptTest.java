package org.posthorn.imap;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.testkit.engine.Feed;
import org.posthorn.testkit.transcript.Transcript;
import org.posthorn.testkit.transcript.TranscriptRunner;

/**
 * Scripts that are not played over every store and driver: a store's random keys and ids make their
 * output another each time, or the store has to be set up for them.
 */
class AloneTranscriptTest {
  static Stream<Feed> feeds() {
    return Feed.all(20_260_102).stream();
  }

  @ParameterizedTest
  @MethodSource("feeds")
  void urlAuth(Feed feed) throws Exception {
    run("urlauth", feed);
  }

  @ParameterizedTest
  @MethodSource("feeds")
  void personas(Feed feed) throws Exception {
    run("personas", feed);
  }

  @ParameterizedTest
  @MethodSource("feeds")
  void quota(Feed feed) throws Exception {
    run("quota", feed);
  }

  private void run(String name, Feed feed) throws Exception {
    URI file = Objects.requireNonNull(getClass().getResource("/alone/" + name + ".txt")).toURI();
    Transcript script = Transcript.read(Path.of(file));
    TranscriptRunner.run(script, new TranscriptTest().wires(script, feed));
  }
}
