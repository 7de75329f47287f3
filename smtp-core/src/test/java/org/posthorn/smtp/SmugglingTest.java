package org.posthorn.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.posthorn.testkit.engine.Feed;
import org.posthorn.testkit.transcript.HarnessWires;
import org.posthorn.testkit.transcript.Transcript;
import org.posthorn.testkit.transcript.TranscriptRunner;

/**
 * The published ways to hide a second message in the content of a first one. Each is content here,
 * or the message is refused; none ends it, and what stands behind it is never taken for commands.
 */
class SmugglingTest {
  private static final long SEED = 5_3_21;

  /** Name to octets, as transcripts write them. */
  private static final Map<String, String> PUBLISHED = new LinkedHashMap<>();

  static {
    PUBLISHED.put("LF . LF", "\\n.\\n");
    PUBLISHED.put("LF . CRLF", "\\n.\\r\\n");
    PUBLISHED.put("LF . CR", "\\n.\\r");
    PUBLISHED.put("CR . CR", "\\r.\\r");
    PUBLISHED.put("CR . CRLF", "\\r.\\r\\n");
    PUBLISHED.put("CR . LF", "\\r.\\n");
    PUBLISHED.put("CRLF . LF", "\\r\\n.\\n");
    PUBLISHED.put("CRLF . CR", "\\r\\n.\\r");
    PUBLISHED.put("CRLF . CR CRLF", "\\r\\n.\\r\\r\\n");
    PUBLISHED.put("CR CRLF . CR CRLF", "\\r\\r\\n.\\r\\r\\n");
    PUBLISHED.put("CR CRLF . LF", "\\r\\r\\n.\\n");
    PUBLISHED.put("LF CRLF . CR", "\\n\\r\\n.\\r");
    PUBLISHED.put("CRLF NUL . CRLF", "\\r\\n\\x00.\\r\\n");
    PUBLISHED.put("CRLF . NUL CRLF", "\\r\\n.\\x00\\r\\n");
    PUBLISHED.put("CRLF . SP CRLF", "\\r\\n. \\r\\n");
    PUBLISHED.put("CRLF . . CRLF", "\\r\\n..\\r\\n");
  }

  private static final String EVIL =
      "MAIL FROM:<evil@b.example>\\r\\nRCPT TO:<brown@example.org>\\r\\nDATA\\r\\nevil\\r\\n";

  private static String script(String policy, String content, String answer) {
    return """
    @set bare-line-ends %s
    S: 220 {*}
    C: EHLO client.example
    S: ...
    S: 250 STARTTLS
    C: MAIL FROM:<a@b.example>
    C: RCPT TO:<jones@example.org>
    C: DATA
    S: 250 2.1.0 {*}
    S: 250 2.1.5 {*}
    S: 354 {*}
    C: %s\\
    C: .
    S: %s
    S: <<silence>>
    C: NOOP
    S: 250 2.0.0 OK
    """
        .formatted(policy, content, answer);
  }

  @TestFactory
  Stream<DynamicTest> keptAsData() {
    return PUBLISHED.entrySet().stream()
        .map(
            one -> {
              String content = "=x" + one.getValue() + EVIL;
              return test(one.getKey(), "KEEP", content, "250 2.0.0 " + shown(unstuffed(content)));
            });
  }

  /** Where it has a lone CR or LF; the others are well-formed content. */
  @TestFactory
  Stream<DynamicTest> refused() {
    return PUBLISHED.entrySet().stream()
        .map(
            one -> {
              String content = "=x" + one.getValue() + EVIL;
              boolean bare = octets(content).replace("\r\n", "").matches("(?s).*[\r\n].*");
              String answer =
                  bare
                      ? "554 5.6.0 Bare CR or LF in the message"
                      : "250 2.0.0 " + shown(unstuffed(content));
              return test(one.getKey(), "REJECT", content, answer);
            });
  }

  private static DynamicTest test(String name, String policy, String content, String answer) {
    return DynamicTest.dynamicTest(
        name + ", " + policy,
        () -> {
          Transcript transcript = Transcript.parse(name, script(policy, content, answer));
          for (Feed feed : Feed.all(SEED)) {
            TranscriptRunner.run(
                transcript, new HarnessWires(SmtpScripts.service(transcript).build(), feed));
          }
        });
  }

  @Test
  void twelveOfThemHaveALoneLineEnd() {
    assertEquals(
        12,
        PUBLISHED.values().stream()
            .filter(one -> octets(one).replace("\r\n", "").matches("(?s).*[\r\n].*"))
            .count());
  }

  private static String octets(String written) {
    return written.replace("\\r", "\r").replace("\\n", "\n").replace("\\x00", "\0");
  }

  /** RFC 5321 section 4.5.2, in the plainest way. */
  private static String unstuffed(String written) {
    return Stream.of(octets(written).split("\r\n", -1))
        .map(line -> line.startsWith(".") ? line.substring(1) : line)
        .collect(Collectors.joining("\r\n"));
  }

  /** As the scripted handler shows it. */
  private static String shown(String content) {
    return content.replace("\r", "<CR>").replace("\n", "<LF>").replace("\0", "?");
  }
}
