package org.posthorn.testkit.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A protocol script.
 *
 * <pre>{@code
 * # a comment; blank lines are passed over
 * @set user alice secret            settings for whoever makes the server, before all else
 * S: * OK {*}                       the server says; {*} fits anything
 * C: a LOGIN alice secret           the client says; such lines in a row are sent at once
 * S: a OK {*}
 * C: b SELECT INBOX
 * S: ...                            any lines up to the next that is expected
 * S?: * 0 EXISTS                    such lines in a row come in any order
 * S?: * OK [UIDVALIDITY {v:number}] {*}
 * !S: {*}BYE{*}                     no such line may be among the answers to what was sent last
 * S: b OK {*}
 * C: c APPEND INBOX {#}             {#}: octets of the C> lines that follow; {#+} and ~{#} as well
 * S: + {*}
 * C> Subject: test
 * C> Hello\                         a backslash at the end: no line end here
 * C:
 * S: c OK [APPENDUID {v} 1] {*}     {v} has its value by now; {w:word} has no spaces and brackets
 * C2: x NOOP                        a second session; it connects when first mentioned
 * C: \x00\r\n{repeat:300:a}         odd octets, repetition; \\ \{ \} stand for themselves
 * C: AUTH PLAIN {base64:\x00me\x00secret}
 * C: AUTH SCRAM-SHA-256 {scram-first:me}
 * S: 334 {first:word}
 * C: {scram-last:SHA-256:me:secret:first}   proof; {scram-server:SHA-256:me:secret:first} is what the
 * S: 334 {scram-server:SHA-256:me:secret:first}    server proves; {cram-md5:me:secret:challenge}
 * @advance 30m                      time passes; also @fail CODE, @hold, @release, @stop
 * C: <<tls>>                        the handshake after STARTTLS; also <<eof>> and <<close>>
 * S: <<silence>>                    the server has said nothing more so far
 * S: <<close>>                      the server closes
 * }</pre>
 *
 * Text is UTF-8. An unknown escape such as {@code \Seen} is itself, as is a brace that begins none of the above.
 */
public final class Transcript {
  private final String name;
  private final Map<String, List<String>> settings;
  private final List<Step> steps;

  Transcript(String name, Map<String, List<String>> settings, List<Step> steps) {
    this.name = name;
    this.settings = Map.copyOf(settings);
    this.steps = List.copyOf(steps);
  }

  /** Reads a script. */
  public static Transcript parse(String name, String text) {
    return new TranscriptParser(name).parse(text);
  }

  /** Reads a file. */
  public static Transcript read(Path file) throws IOException {
    return parse(String.valueOf(file.getFileName()), Files.readString(file));
  }

  /** For messages: the file's name. */
  public String name() {
    return name;
  }

  List<Step> steps() {
    return steps;
  }

  /** All values that {@code @set key value} lines gave, in order. */
  public List<String> setting(String key) {
    return settings.getOrDefault(key, List.of());
  }

  /** Names of the directives in it, without {@code set}. */
  public Set<String> directives() {
    return steps.stream()
        .filter(Step.Directive.class::isInstance)
        .map(step -> ((Step.Directive) step).name())
        .collect(Collectors.toUnmodifiableSet());
  }
}
