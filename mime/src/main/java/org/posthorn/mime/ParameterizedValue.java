package org.posthorn.mime;

import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value with parameters (RFC 2045 section 5.1, RFC 2183, RFC 2231), as Content-Type,
 * Content-Disposition, Autocrypt or List-… fields have it.
 *
 * @param value what stands before the first semicolon, without comments; {@code text/plain}, {@code
 *     attachment}
 * @param parameters in their order, continuations joined
 */
public record ParameterizedValue(Octets value, List<Parameter> parameters) {

  private static final int MAX_PARAMETERS = 1_000;

  /** Keeps an immutable copy of the list. */
  public ParameterizedValue {
    parameters = List.copyOf(parameters);
  }

  /** Reads a field's value, however broken. */
  public static ParameterizedValue parse(Octets field) {
    ValueLexer lexer = new ValueLexer(field);
    lexer.skipSpace();
    Octets first = lexer.token();
    lexer.skipSpace();
    if (!first.isEmpty() && lexer.accept('/')) {
      lexer.skipSpace();
      Octets second = lexer.token();
      first = Octets.join(first, '/', second);
    }
    return new ParameterizedValue(first, ParameterList.parse(lexer, MAX_PARAMETERS));
  }

  /** The text of the parameter of that name in any case, or null. */
  public @Nullable String text(String name) {
    return text(parameters, name);
  }

  /**
   * The text of the parameter of that name in any case, or null. An extended one (RFC 2231) is read
   * in its charset; a plain one may have encoded-words, which agents write there against RFC 2047
   * section 5. Where both are there the extended one counts, because the other stands in for old
   * readers.
   */
  public static @Nullable String text(List<Parameter> parameters, String name) {
    Octets extended = ParameterList.find(parameters, name + "*");
    if (extended != null) {
      Charset charset = ParameterList.charset(extended);
      return PercentEncoding.decode(extended.slice(ParameterList.textStart(extended)))
          .asString(charset);
    }
    Octets plain = ParameterList.find(parameters, name);
    return plain == null ? null : HeaderText.decode(plain);
  }
}
