package org.posthorn.mime.compose;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups of fields with blank lines between them, as the machine-readable part of a report has them
 * (RFC 3464 section 2.1, RFC 8098 section 3.1).
 */
final class ReportFields {

  private final List<OutgoingField> fields = new ArrayList<>();
  private final List<Integer> groups = new ArrayList<>();

  /** Begins another group. */
  void nextGroup() {
    groups.add(fields.size());
  }

  /** A field whose value, if it is not null, stands behind a type: {@code dns; mx.example.org}. */
  void typed(String name, String type, @Nullable String value) {
    if (value != null) {
      text(name, type + "; " + value);
    }
  }

  /** A field, if the value is not null; line ends and controls in it become spaces. */
  void text(String name, @Nullable String value) {
    if (value != null) {
      String line = value.replaceAll("[\\x00-\\x1f\\x7f]+", " ").strip();
      fields.add(OutgoingField.text(name, line));
    }
  }

  void add(OutgoingField field) {
    fields.add(field);
  }

  /**
   * An address with its type. One above ASCII is of type utf-8, and where ASCII is asked for in the
   * utf-8-addr-xtext form (RFC 6533 section 3).
   */
  void recipient(String name, String typeAndAddress, OutputForm form) {
    int semicolon = typeAndAddress.indexOf(';');
    String type = typeAndAddress.substring(0, Math.max(0, semicolon)).strip();
    String address = typeAndAddress.substring(semicolon + 1).strip();
    boolean ascii = address.chars().allMatch(c -> c < 128);
    if (!ascii) {
      type = "utf-8";
      address = form.permitsUtf8() ? address : Downgrade.xtext(address);
    }
    typed(name, type.isEmpty() ? "rfc822" : type, address);
  }

  Content content(OutputForm form) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < fields.size(); i++) {
      if (groups.contains(i)) {
        out.write('\r');
        out.write('\n');
      }
      out.writeBytes(fields.get(i).octets(form));
    }
    return Content.of(out.toByteArray());
  }
}
