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

/** Scripts whose output is never twice the same, since a store gives random keys and ids. */
class RandomTranscriptTest {
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

  private void run(String name, Feed feed) throws Exception {
    URI file = Objects.requireNonNull(getClass().getResource("/random/" + name + ".txt")).toURI();
    Transcript script = Transcript.read(Path.of(file));
    TranscriptRunner.run(script, new TranscriptTest().wires(script, feed));
  }
}
