package org.posthorn.mime.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.posthorn.mime.Address;
import org.posthorn.mime.HeaderText;
import org.posthorn.mime.Octets;
import org.posthorn.mime.Parameter;
import org.posthorn.mime.ParameterizedValue;
import org.posthorn.mime.message.HeaderField;

/**
 * The methods of RFC 6857 section 3.1 for values that cannot be written as they were read. Each
 * tells whether it could write the value; if not it has written nothing.
 */
final class Downgrade {

  private Downgrade() {}

  /** Sections 3.1.5 to 3.1.8. */
  static boolean addresses(HeaderField field, FieldWriter out) {
    List<Address> addresses = field.addresses();
    for (Address address : addresses) {
      if (!address.mailboxes().stream().allMatch(AddressWriter::isWritable)) {
        return false;
      }
    }
    AddressWriter.write(addresses, out);
    return !addresses.isEmpty();
  }

  /** Section 3.1.4. */
  static boolean parameters(HeaderField field, FieldWriter out) {
    ParameterizedValue value = field.parameterized();
    String first = value.value().asAscii();
    List<String> names = new ArrayList<>();
    for (Parameter parameter : value.parameters()) {
      String name = parameter.name().asAscii();
      String plain = name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
      if (!ParameterWriter.isToken(plain) || plain.length() > 60) {
        return false;
      }
      names.add(plain);
    }
    for (String token : first.split("/", 2)) {
      if (!ParameterWriter.isToken(token)) {
        return false;
      }
    }
    out.token(first);
    for (String name : names) {
      String text = value.text(name);
      ParameterWriter.write(name, text == null ? "" : text, out);
    }
    return true;
  }

  /** Section 3.1.3, if nothing but comments needs it. */
  static boolean comments(HeaderField field, FieldWriter out) {
    List<String> pieces = pieces(HeaderText.unfold(field.raw()));
    boolean any = false;
    for (String piece : pieces) {
      boolean comment = piece.startsWith("(");
      any |= comment && !out.isWritable(piece);
      if (!comment && !out.isWritable(piece)) {
        return false;
      }
    }
    if (any) {
      pieces.forEach(piece -> piece(piece, out));
    }
    return any;
  }

  private static void piece(String piece, FieldWriter out) {
    if (piece.startsWith("(") && !out.isWritable(piece)) {
      String inner = piece.substring(1, piece.endsWith(")") ? piece.length() - 1 : piece.length());
      List<String> words = EncodedWordWriter.words(inner);
      for (int i = 0; i < words.size(); i++) {
        out.token((i == 0 ? "(" : "") + words.get(i) + (i == words.size() - 1 ? ")" : ""));
      }
    } else {
      out.token(piece);
    }
  }

  /** Section 3.2.4. */
  static boolean received(HeaderField field, FieldWriter out) {
    List<String> kept = new ArrayList<>();
    List<String> pieces = pieces(HeaderText.unfold(field.raw()));
    for (int i = 0; i < pieces.size(); i++) {
      String piece = pieces.get(i);
      String value = i + 1 < pieces.size() ? pieces.get(i + 1) : "";
      String keyword = piece.toLowerCase(Locale.ROOT);
      if ((keyword.equals("for") || keyword.equals("id")) && !out.isWritable(domains(value))) {
        i++;
        if (value.endsWith(";")) {
          kept.add(";");
        }
        continue;
      }
      kept.add(piece.startsWith("(") || out.isWritable(piece) ? piece : domains(piece));
    }
    for (String piece : kept) {
      if (!piece.startsWith("(") && !out.isWritable(piece)) {
        return false;
      }
    }
    kept.forEach(piece -> piece(piece, out));
    return true;
  }

  /** Section 3.1.6 for a domain that stands alone, behind an {@code @}, or before a semicolon. */
  private static String domains(String piece) {
    int at = piece.lastIndexOf('@') + 1;
    int end = piece.length();
    while (end > at && "<>;,".indexOf(piece.charAt(end - 1)) >= 0) {
      end--;
    }
    return piece.substring(0, at)
        + AddressWriter.aLabels(piece.substring(at, end))
        + piece.substring(end);
  }

  /** Section 3.1.9: {@code utf-8; address}. */
  static boolean recipient(HeaderField field, FieldWriter out) {
    Octets value = HeaderText.unfold(field.raw());
    int semicolon = value.indexOf((byte) ';');
    if (semicolon < 0 || !HeaderText.unfold(value.slice(0, semicolon)).equalsIgnoreCase("utf-8")) {
      return false;
    }
    out.token("utf-8;");
    out.token(xtext(HeaderText.unfold(value.slice(semicolon + 1)).asUtf8()));
    return true;
  }

  /** The utf-8-addr-xtext form of RFC 6533 section 3. */
  static String xtext(String address) {
    StringBuilder out = new StringBuilder();
    address
        .codePoints()
        .forEach(
            c -> {
              if (c > ' ' && c < 127 && c != '\\' && c != '+' && c != '=') {
                out.append((char) c);
              } else {
                out.append(String.format("\\x{%02X}", c));
              }
            });
    return out.toString();
  }

  /** The words and comments of a value. */
  private static List<String> pieces(Octets value) {
    String text = value.asUtf8();
    List<String> pieces = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int start = at;
      if (text.charAt(at) == ' ' || text.charAt(at) == '\t') {
        at++;
        continue;
      }
      at = text.charAt(at) == '(' ? commentEnd(text, at) : wordEnd(text, at);
      pieces.add(text.substring(start, at));
    }
    return pieces;
  }

  private static int wordEnd(String text, int from) {
    int at = from;
    while (at < text.length() && " \t(".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static int commentEnd(String text, int from) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i + 1;
      }
    }
    return text.length();
  }
}
