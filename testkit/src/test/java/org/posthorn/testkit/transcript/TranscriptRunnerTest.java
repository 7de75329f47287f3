package org.posthorn.testkit.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.posthorn.testkit.engine.Feed;
import org.posthorn.testkit.engine.ToyEngine;

class TranscriptRunnerTest {
  private static Map<Integer, String> run(String text) throws IOException {
    Transcript script = Transcript.parse("test", text);
    return TranscriptRunner.run(script, new HarnessWires(new ToyEngine.Board(), Feed.whole()));
  }

  @Test
  void allThatWasSaidIsGivenBack() throws IOException {
    assertEquals(Map.of(1, "hello\r\necho a\r\n"), run("S: hello\nC: a\nS: echo a"));
  }

  @Test
  void settingsAreRead() {
    Transcript script = Transcript.parse("t", "@set user a b\n@set user c d\n@hold");
    assertEquals(List.of("a b", "c d"), script.setting("user"));
    assertEquals(java.util.Set.of("hold"), script.directives());
  }

  @ParameterizedTest
  @CsvSource({
    "wrong answer, S: hello|C: a|S: echo b, expected echo b",
    "missing answer, S: hello|S: more, got nothing",
    "surplus answer, S: hello|C: a|C: b|S: echo a, nobody expected echo b",
    "surplus greeting, C: a|S: echo a, nobody expected hello",
    "forbidden answer, S: hello|C: a|S: ...|!S: echo {*}, must not be said: echo a",
    "forbidden after match, S: hello|C: a|S: echo a|!S: echo {*}, must not be said: echo a",
    "not closed, S: hello|S: <<close>>, has not closed",
    "not silent, S: hello|C: a|S: <<silence>>, expected silence",
    "unbound, S: hello|C: {x}, not bound",
    "unordered, S: hello|C: a|C: b|S?: echo b|S?: echo c, expected echo b",
    "bound twice, S: {x}|C: {x}|S: echo {x}|C: b|S: echo {x}, got echo b"
  })
  void failuresAreTold(String what, String script, String message) {
    AssertionError error =
        assertThrows(AssertionError.class, () -> run(script.replace('|', '\n')), what);
    assertTrue(String.valueOf(error.getMessage()).contains(message), error.getMessage());
  }

  @Test
  void nonsenseIsNotUnderstood() {
    assertThrows(IllegalArgumentException.class, () -> Transcript.parse("t", "X: a"));
    assertThrows(IllegalArgumentException.class, () -> Transcript.parse("t", "C: <<what>>"));
  }
}
