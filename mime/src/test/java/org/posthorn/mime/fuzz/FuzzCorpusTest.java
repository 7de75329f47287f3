package org.posthorn.mime.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Feeds what fuzzing has found worth keeping into the targets. */
class FuzzCorpusTest {

  private interface Target {
    void take(byte[] input) throws Exception;
  }

  private static void feed(String folder, Target target) throws Exception {
    List<Path> inputs = inputs(folder);
    assertTrue(inputs.size() >= 5, "only " + inputs.size() + " inputs");
    for (Path input : inputs) {
      try {
        target.take(Files.readAllBytes(input));
      } catch (Throwable e) {
        throw new AssertionError("with " + input, e);
      }
    }
  }

  private static List<Path> inputs(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src", "test", "fuzz", folder))) {
      return files.sorted().toList();
    }
  }

  @Test
  void index() throws Exception {
    feed("index", IndexTarget::fuzzerTestOneInput);
  }

  @Test
  void write() throws Exception {
    feed("write", WriteTarget::fuzzerTestOneInput);
  }

  @Test
  void field() throws Exception {
    feed("field", FieldTarget::fuzzerTestOneInput);
  }

  @Test
  void codec() throws Exception {
    feed("codec", CodecTarget::fuzzerTestOneInput);
  }
}
