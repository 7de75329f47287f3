package org.posthorn.testkit.transcript;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text with variables. Octets are kept as ISO 8859-1 characters, one each. */
record Template(List<Token> tokens) {
  sealed interface Token {}

  record Text(String octets) implements Token {}

  /**
   * {@code {name}}, {@code {name:number}}, {@code {name:word}}, {@code {*}}; bound by its first
   * match.
   */
  record Variable(String name, Kind kind) implements Token {}

  /** <code>{#}</code>: the octets of the lines that follow, as a literal announces them. */
  record Size(List<Template> lines, String suffix) implements Token {}

  /** {@code {cram-md5:user:password:challenge}} and its like. */
  record Answer(String name, List<String> arguments) implements Token {}

  enum Kind {
    NUMBER("[0-9]+"),
    WORD("[^ ()\\[\\]\"\\r\\n]+"),
    ANY(".*");

    private final String regex;

    Kind(String regex) {
      this.regex = regex;
    }
  }

  Template {
    tokens = List.copyOf(tokens);
  }

  /** What it stands for; every variable must be bound. */
  String expand(Map<String, String> bound) {
    StringBuilder all = new StringBuilder();
    for (Token token : tokens) {
      if (token instanceof Text text) {
        all.append(text.octets());
      } else if (token instanceof Size size) {
        all.append(announce(size, bound));
      } else if (token instanceof Answer answer) {
        all.append(SaslWords.say(answer.name(), answer.arguments(), bound));
      } else if (token instanceof Variable variable) {
        String value = bound.get(variable.name());
        if (value == null) {
          throw new IllegalArgumentException("{" + variable.name() + "} is not bound");
        }
        all.append(value);
      }
    }
    return all.toString();
  }

  private static String announce(Size size, Map<String, String> bound) {
    int octets = size.lines().stream().mapToInt(line -> line.expand(bound).length()).sum();
    return "{" + octets + size.suffix() + "}";
  }

  /** How many lines it spans. */
  int lines() {
    long ends = 0;
    for (Token token : tokens) {
      if (token instanceof Text text) {
        ends += text.octets().chars().filter(c -> c == '\n').count();
      }
    }
    return (int) Math.max(1, ends);
  }

  /**
   * Compares, and binds variables that have no value yet.
   *
   * @return whether all of {@code octets} fits
   */
  boolean matches(String octets, Map<String, String> bound) {
    StringBuilder regex = new StringBuilder("(?s)");
    Map<String, String> groups = new LinkedHashMap<>();
    for (Token token : tokens) {
      regex.append(regex(token, bound, groups));
    }
    Matcher matcher = Pattern.compile(regex.toString()).matcher(octets);
    if (!matcher.matches()) {
      return false;
    }
    groups.forEach((name, group) -> bound.put(name, matcher.group(group)));
    return true;
  }

  private static String regex(Token token, Map<String, String> bound, Map<String, String> groups) {
    if (token instanceof Text text) {
      return Pattern.quote(text.octets());
    }
    if (token instanceof Size size) {
      return Pattern.quote(announce(size, bound));
    }
    if (token instanceof Answer answer) {
      return Pattern.quote(SaslWords.say(answer.name(), answer.arguments(), bound));
    }
    Variable variable = (Variable) token;
    String value = bound.get(variable.name());
    if (value != null) {
      return Pattern.quote(value);
    }
    if (variable.name().equals("*")) {
      return variable.kind().regex;
    }
    @Nullable String group = groups.get(variable.name());
    if (group != null) {
      return "\\k<" + group + ">";
    }
    String newGroup = "v" + groups.size();
    groups.put(variable.name(), newGroup);
    return "(?<" + newGroup + ">" + variable.kind().regex + ")";
  }

  static byte[] octets(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** One template after the other. */
  Template then(Template next) {
    List<Token> all = new ArrayList<>(tokens);
    all.addAll(next.tokens);
    return new Template(all);
  }

  /** As it stands in the script, more or less. */
  String show() {
    StringBuilder shown = new StringBuilder();
    for (Token token : tokens) {
      if (token instanceof Text text) {
        shown.append(Dialogue.show(text.octets()));
      } else if (token instanceof Variable variable) {
        shown.append('{').append(variable.name()).append('}');
      } else if (token instanceof Answer answer) {
        shown.append('{').append(answer.name()).append('}');
      } else {
        shown.append("{#}");
      }
    }
    return shown.toString();
  }
}
