package org.posthorn.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes Content-Disposition (RFC 2183) and Content-Language (RFC 3282) as {@link Part} reads them.
 */
final class DispositionAnalyzer {

  /** What a disposition is whose type is missing or unknown (RFC 2183 section 2.8). */
  private static final Octets ATTACHMENT = Octets.ascii("attachment");

  private final MimeLimits limits;

  DispositionAnalyzer(MimeLimits limits) {
    this.limits = limits;
  }

  /** Writes it; tells whether there is anything in it. */
  boolean disposition(Octets value, IndexWriter out) {
    ValueLexer lexer = new ValueLexer(value);
    lexer.skipSpace();
    Octets type = lexer.token();
    List<Parameter> parameters = ParameterList.parse(lexer, limits.parameters());
    if (type.isEmpty() && parameters.isEmpty()) {
      return false;
    }
    out.string(type.isEmpty() ? ATTACHMENT : type);
    out.parameters(parameters);
    return true;
  }

  /** Writes the language tags; tells whether there are any. */
  boolean languages(Octets value, IndexWriter out) {
    List<Octets> tags = new ArrayList<>();
    ValueLexer lexer = new ValueLexer(value);
    while (tags.size() < limits.parameters()) {
      lexer.skipSpace();
      if (lexer.atEnd()) {
        break;
      }
      Octets tag = lexer.token();
      if (tag.isEmpty()) {
        lexer.skipOctet();
      } else {
        tags.add(tag);
      }
    }
    out.number(tags.size());
    tags.forEach(out::string);
    return !tags.isEmpty();
  }
}
