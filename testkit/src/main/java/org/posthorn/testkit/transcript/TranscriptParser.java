package org.posthorn.testkit.transcript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the language of {@link Transcript}. */
final class TranscriptParser {
  private static final Pattern LINE =
      Pattern.compile("(!?)([CS])([0-9]*)(\\??)([:>])(?: (.*))?", Pattern.DOTALL);
  private static final Pattern DIRECTIVE = Pattern.compile("@([a-z-]+)(?: +(.*))?");

  private record Raw(
      int line, boolean not, char side, int session, boolean any, boolean literal, String text) {
    boolean sameVoice(Raw other) {
      return side == other.side && session == other.session;
    }
  }

  private final String name;
  private final Map<String, List<String>> settings = new LinkedHashMap<>();
  private final List<Object> lines = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  TranscriptParser(String name) {
    this.name = name;
  }

  Transcript parse(String text) {
    int number = 0;
    for (String line : text.split("\r?\n", -1)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        read(number, line);
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i) instanceof Raw raw) {
        i = step(raw, i);
      } else {
        steps.add((Step) lines.get(i));
      }
    }
    return new Transcript(name, settings, steps);
  }

  private void read(int number, String line) {
    Matcher matcher = LINE.matcher(line);
    Matcher directive = DIRECTIVE.matcher(line);
    if (matcher.matches()) {
      String session = matcher.group(3);
      lines.add(
          new Raw(
              number,
              !matcher.group(1).isEmpty(),
              matcher.group(2).charAt(0),
              session.isEmpty() ? 1 : Integer.parseInt(session),
              !matcher.group(4).isEmpty(),
              matcher.group(5).equals(">"),
              matcher.group(6) == null ? "" : matcher.group(6)));
    } else if (directive.matches()) {
      String argument = directive.group(2) == null ? "" : directive.group(2).strip();
      directive(new Step.Directive(number, directive.group(1), argument));
    } else {
      throw new IllegalArgumentException(name + ":" + number + ": not understood: " + line);
    }
  }

  private void directive(Step.Directive directive) {
    if (!directive.name().equals("set")) {
      lines.add(directive);
      return;
    }
    String[] words = directive.argument().split(" +", 2);
    String value = words.length == 2 ? words[1] : "";
    settings.computeIfAbsent(words[0], key -> new ArrayList<>()).add(value);
  }

  /** Adds one step; the index of the last line that it took. */
  private int step(Raw raw, int index) {
    if (raw.text().startsWith("<<") && raw.text().endsWith(">>")) {
      steps.add(special(raw));
      return index;
    }
    if (raw.side() == 'S' && raw.text().equals("...")) {
      steps.add(new Step.Skip(raw.line(), raw.session()));
      return index;
    }
    Template text = TemplateParser.parse(raw.text(), literalAfter(index));
    int last = index;
    Raw end = raw;
    while (TemplateParser.continued(end.text())
        && last + 1 < lines.size()
        && lines.get(last + 1) instanceof Raw next
        && next.sameVoice(raw)) {
      last++;
      end = next;
      text = text.then(TemplateParser.parse(next.text(), literalAfter(last)));
    }
    if (raw.side() == 'C') {
      steps.add(new Step.Send(raw.line(), raw.session(), text));
    } else if (raw.not()) {
      steps.add(new Step.Forbid(raw.line(), raw.session(), text));
    } else {
      steps.add(new Step.Expect(raw.line(), raw.session(), text, raw.any()));
    }
    return last;
  }

  /** The {@code >} lines of the same voice that follow before its next {@code :} line. */
  private List<Template> literalAfter(int index) {
    Raw start = (Raw) lines.get(index);
    List<Template> literal = new ArrayList<>();
    for (int i = index + 1; i < lines.size(); i++) {
      if (lines.get(i) instanceof Raw raw && raw.sameVoice(start)) {
        if (!raw.literal()) {
          break;
        }
        literal.add(TemplateParser.parse(raw.text(), List.of()));
      }
    }
    return literal;
  }

  private Step special(Raw raw) {
    String word = raw.text().substring(2, raw.text().length() - 2);
    if (raw.side() == 'C') {
      Step.Action action = Step.Action.valueOf(word.toUpperCase(Locale.ROOT));
      return new Step.Act(raw.line(), raw.session(), action);
    }
    return switch (word) {
      case "close" -> new Step.Closed(raw.line(), raw.session());
      case "silence" -> new Step.Silence(raw.line(), raw.session());
      default ->
          throw new IllegalArgumentException(
              name + ":" + raw.line() + ": not understood: " + raw.text());
    };
  }
}
