package org.posthorn.mime.compose;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.posthorn.mime.Address;
import org.posthorn.mime.MailDate;
import org.posthorn.mime.message.Header;
import org.posthorn.mime.message.HeaderField;

/**
 * A header field to be written: folded, and encoded as far as the form of output asks for it. Its
 * factories refuse what a field cannot hold. Immutable.
 */
public final class OutgoingField {

  private final String name;
  private final Form form;

  /** How the field looks in a form of output. */
  private interface Form {
    byte[] octets(OutputForm form);
  }

  private OutgoingField(String name, Form form) {
    this.name = name;
    this.form = form;
  }

  private static OutgoingField written(String name, Consumer<FieldWriter> value) {
    return new OutgoingField(
        checkName(name),
        form -> {
          FieldWriter writer = new FieldWriter(name, form.permitsUtf8());
          value.accept(writer);
          return writer.octets();
        });
  }

  private static String checkName(String name) {
    if (!isName(name) || name.length() > 76) {
      throw new IllegalArgumentException("not a field name: " + name);
    }
    return name;
  }

  private static boolean isName(String name) {
    boolean valid = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      valid &= c > ' ' && c < 127 && c != ':';
    }
    return valid;
  }

  /**
   * An unstructured field, such as Subject.
   *
   * @throws IllegalArgumentException if the text has CR, LF or NUL
   */
  public static OutgoingField text(String name, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\n' || c == 0) {
        throw new IllegalArgumentException("a line end or NUL in " + name);
      }
    }
    return written(name, writer -> writer.text(text));
  }

  /**
   * Addresses.
   *
   * @throws IllegalArgumentException if one has no local part or domain, or one that cannot be
   *     written
   */
  public static OutgoingField addresses(String name, List<? extends Address> addresses) {
    List<? extends Address> copy = List.copyOf(addresses);
    AddressWriter.check(copy);
    return written(name, writer -> AddressWriter.write(copy, writer));
  }

  /** A date and time. */
  public static OutgoingField date(String name, OffsetDateTime date) {
    String text = MailDate.format(date);
    return written(name, writer -> writer.token(text));
  }

  /**
   * Message identifiers, without their angle brackets.
   *
   * @throws IllegalArgumentException if one has white space, controls, angle brackets or more than
   *     900 characters
   */
  public static OutgoingField messageIds(String name, List<String> ids) {
    List<String> copy = List.copyOf(ids);
    for (String id : copy) {
      if (!isMessageId(id)) {
        throw new IllegalArgumentException("not a message identifier: " + id);
      }
    }
    return written(
        name,
        writer -> {
          for (String id : copy) {
            writer.token("<" + id + ">");
          }
        });
  }

  static boolean isMessageId(String id) {
    boolean valid = !id.isEmpty() && id.length() <= FieldWriter.MAX_PIECE;
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      valid &= c > ' ' && c < 127 && c != '<' && c != '>';
    }
    return valid;
  }

  /**
   * A value with parameters (RFC 2045, RFC 2183, RFC 2231).
   *
   * @param value {@code text/plain}, {@code attachment}
   * @param parameters any texts without NUL, in the map's order
   * @throws IllegalArgumentException if the value or a parameter's name is no token
   */
  public static OutgoingField parameterized(
      String name, String value, Map<String, String> parameters) {
    for (String token : value.split("/", 2)) {
      checkToken(token);
    }
    parameters.keySet().forEach(OutgoingField::checkToken);
    List<Map.Entry<String, String>> copy =
        parameters.entrySet().stream().map(e -> Map.entry(e.getKey(), e.getValue())).toList();
    return written(
        name,
        writer -> {
          writer.token(value);
          copy.forEach(p -> ParameterWriter.write(p.getKey(), p.getValue(), writer));
        });
  }

  private static void checkToken(String token) {
    if (!ParameterWriter.isToken(token) || token.length() > 60) {
      throw new IllegalArgumentException("not a token: " + token);
    }
  }

  /**
   * A field as it was read: octet for octet but for its line ends if the form permits them, else
   * downgraded (RFC 6857 section 3.2).
   *
   * @throws IllegalArgumentException if the name is none, or longer than 900 octets, so that no
   *     line has room for it
   */
  public static OutgoingField of(HeaderField field) {
    String name = field.name().asAscii();
    if (!isName(name) || name.length() > FieldWriter.MAX_PIECE) {
      throw new IllegalArgumentException("not a field name: " + name);
    }
    return new OutgoingField(name, form -> RawField.octets(field, form.permitsUtf8()));
  }

  /** All fields of a header that was read but those whose names no line has room for. */
  static List<OutgoingField> of(Header header) {
    List<OutgoingField> fields = new ArrayList<>();
    for (HeaderField field : header.fields()) {
      if (field.name().length() <= FieldWriter.MAX_PIECE) {
        fields.add(of(field));
      }
    }
    return fields;
  }

  /** The field's name. */
  public String name() {
    return name;
  }

  boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** The field with its last line end, as the form has it. */
  public byte[] octets(OutputForm output) {
    return form.octets(output);
  }
}
