package org.posthorn.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a Content-Type or Content-Disposition (RFC 2045 section 5.1, RFC 2231). */
final class ParameterList {

  private ParameterList() {}

  /** Reads the parameters that follow; what is none is passed over. */
  static List<Parameter> parse(ValueLexer lexer, int max) {
    List<Parameter> found = read(lexer, max);
    for (Parameter parameter : found) {
      if (parameter.name().indexOf((byte) '*') > 0) {
        return Continuations.join(found);
      }
    }
    return found;
  }

  /** Whether a field's value has pieces of a parameter that are out of order or incomplete. */
  private static boolean isDisordered(Octets value, int max) {
    return value.indexOf((byte) '*') >= 0
        && !Continuations.areOrdered(read(new ValueLexer(value), max));
  }

  /** Tells what is wrong with the parameters in a field's value. */
  static void tell(Octets value, int max, Defects defects, long position) {
    if (MisplacedWords.isAny(value.array(), value.from(), value.to())) {
      defects.add(Defect.Kind.MISPLACED_ENCODED_WORD, position);
    }
    if (isDisordered(value, max)) {
      defects.add(Defect.Kind.DISORDERED_PARAMETER, position);
    }
  }

  private static List<Parameter> read(ValueLexer lexer, int max) {
    List<Parameter> found = new ArrayList<>();
    while (found.size() < max) {
      lexer.skipSpace();
      if (lexer.atEnd()) {
        break;
      }
      Octets name = lexer.token();
      if (name.isEmpty()) {
        lexer.skipOctet();
        continue;
      }
      lexer.skipSpace();
      if (!lexer.accept('=')) {
        continue;
      }
      lexer.skipSpace();
      Octets value = lexer.next('"') ? lexer.quotedString() : lexer.looseValue();
      found.add(new Parameter(name, value));
    }
    return found;
  }

  /** The value of the first parameter of that name in any case, or null. */
  static @Nullable Octets find(List<Parameter> parameters, String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equalsIgnoreCase(name)) {
        return parameter.value();
      }
    }
    return null;
  }

  /**
   * The octets that the parameter stands for, be it written plainly or extended (RFC 2231 section
   * 4), or null.
   */
  static @Nullable Octets text(List<Parameter> parameters, String name) {
    Octets plain = find(parameters, name);
    if (plain != null) {
      return plain;
    }
    if (parameters.isEmpty()) {
      return null;
    }
    Octets extended = find(parameters, name + "*");
    return extended == null ? null : PercentEncoding.decode(extended.slice(textStart(extended)));
  }

  /** The charset that an extended value names, or UTF-8. */
  static Charset charset(Octets extended) {
    int quote = extended.indexOf((byte) '\'');
    Charset charset = quote <= 0 ? null : Charsets.find(extended.slice(0, quote));
    return charset == null ? StandardCharsets.UTF_8 : charset;
  }

  /** Where in {@code charset'language'text} the text begins. */
  static int textStart(Octets extended) {
    int first = extended.indexOf((byte) '\'');
    int second = first < 0 ? -1 : extended.indexOf((byte) '\'', first + 1);
    return second + 1;
  }
}
