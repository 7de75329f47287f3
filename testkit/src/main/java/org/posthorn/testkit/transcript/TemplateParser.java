package org.posthorn.testkit.transcript;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads escapes and braces of one line. */
final class TemplateParser {
  private static final Pattern VARIABLE =
      Pattern.compile("\\{([A-Za-z][A-Za-z0-9-]*|\\*)(?::(number|word|any))?\\}");
  private static final Pattern SIZE = Pattern.compile("\\{#([+-]?)\\}");
  private static final Pattern REPEAT =
      Pattern.compile("\\{repeat:([0-9]+):((?:[^}\\\\]|\\\\.)*)\\}");
  private static final Pattern BASE64 = Pattern.compile("\\{base64:((?:[^}\\\\]|\\\\.)*)\\}");
  private static final Pattern ANSWER =
      Pattern.compile("\\{(" + String.join("|", SaslWords.NAMES) + "):([^}]*)\\}");
  private static final Pattern HEX = Pattern.compile("\\\\x([0-9A-Fa-f]{2})");

  private final String line;
  private final List<Template> literal;
  private final List<Template.Token> tokens = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int at;

  /**
   * @param literal the lines that <code>{#}</code> counts
   */
  private TemplateParser(String line, List<Template> literal) {
    this.line = line;
    this.literal = literal;
  }

  static Template parse(String line, List<Template> literal) {
    return new TemplateParser(line, literal).parse();
  }

  /** Whether a line ends in a lone backslash: no line end here. */
  static boolean continued(String line) {
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private Template parse() {
    int end = continued(line) ? line.length() - 1 : line.length();
    while (at < end) {
      char c = line.charAt(at);
      if (c == '\\') {
        escape();
      } else if (c == '{') {
        brace();
      } else {
        int codePoint = line.codePointAt(at);
        text.append(utf8(Character.toString(codePoint)));
        at += Character.charCount(codePoint);
      }
    }
    if (!continued(line)) {
      text.append("\r\n");
    }
    endText();
    return new Template(tokens);
  }

  private void escape() {
    Matcher hex = HEX.matcher(line).region(at, line.length());
    char next = at + 1 < line.length() ? line.charAt(at + 1) : ' ';
    if (hex.lookingAt()) {
      text.append((char) Integer.parseInt(hex.group(1), 16));
      at = hex.end();
    } else if (next == 'r' || next == 'n') {
      text.append(next == 'r' ? '\r' : '\n');
      at += 2;
    } else if (next == '\\' || next == '{' || next == '}') {
      text.append(next);
      at += 2;
    } else {
      text.append('\\');
      at++;
    }
  }

  private void brace() {
    Matcher variable = VARIABLE.matcher(line).region(at, line.length());
    Matcher size = SIZE.matcher(line).region(at, line.length());
    Matcher repeat = REPEAT.matcher(line).region(at, line.length());
    Matcher base64 = BASE64.matcher(line).region(at, line.length());
    Matcher answer = ANSWER.matcher(line).region(at, line.length());
    if (variable.lookingAt()) {
      endText();
      tokens.add(new Template.Variable(variable.group(1), kind(variable.group(2))));
      at = variable.end();
    } else if (size.lookingAt()) {
      endText();
      tokens.add(new Template.Size(literal, size.group(1)));
      at = size.end();
    } else if (repeat.lookingAt()) {
      text.append(plain(repeat.group(2)).repeat(Integer.parseInt(repeat.group(1))));
      at = repeat.end();
    } else if (base64.lookingAt()) {
      byte[] octets = Template.octets(plain(base64.group(1)));
      text.append(Base64.getEncoder().encodeToString(octets));
      at = base64.end();
    } else if (answer.lookingAt()) {
      endText();
      tokens.add(
          new Template.Answer(answer.group(1), Arrays.asList(answer.group(2).split(":", -1))));
      at = answer.end();
    } else {
      text.append('{');
      at++;
    }
  }

  /** Text with escapes and without braces, no line end. */
  private static String plain(String escaped) {
    Template parsed = parse(escaped + "\\", List.of());
    return parsed.expand(Map.of());
  }

  private static Template.Kind kind(@Nullable String name) {
    return name == null ? Template.Kind.ANY : Template.Kind.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private void endText() {
    if (!text.isEmpty()) {
      tokens.add(new Template.Text(text.toString()));
      text.setLength(0);
    }
  }

  private static String utf8(String characters) {
    return new String(characters.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
