package org.posthorn.mime.compose;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Body parts with a boundary between them. */
final class MultipartBody implements PartBody {

  private final String subtype;
  private final Map<String, String> parameters;
  private final String id;
  private final List<MimePart> parts;

  MultipartBody(String subtype, Map<String, String> parameters, String id, List<MimePart> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a multipart without parts");
    }
    if (!id.matches("[A-Za-z0-9]{16,40}")) {
      throw new IllegalArgumentException("not an id of 16 to 40 letters and digits: " + id);
    }
    this.subtype = subtype;
    this.parameters = new LinkedHashMap<>(parameters);
    this.id = id;
    this.parts = List.copyOf(parts);
  }

  @Override
  public Prepared prepare(List<OutgoingField> fields, OutputForm form) throws IOException {
    List<Prepared> children = new ArrayList<>();
    List<Content> plain = new ArrayList<>();
    boolean eightBit = false;
    for (MimePart part : parts) {
      Prepared child = part.prepare(List.of(), form);
      children.add(child);
      plain.addAll(child.plain());
      eightBit |= child.eightBit();
    }
    String boundary = boundary(plain);
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.put("boundary", boundary);
    List<OutgoingField> typed = new ArrayList<>(fields);
    typed.add(OutgoingField.parameterized("Content-Type", "multipart/" + subtype, all));
    String encoding = eightBit ? "Content-Transfer-Encoding: 8bit" : "";
    return new Prepared(
        Prepared.header(typed, form, encoding),
        out -> write(children, boundary, out),
        eightBit,
        List.copyOf(plain));
  }

  /**
   * A boundary that is in none of the contents which are written as they are. It cannot be in an
   * encoded one, because neither encoding gives {@code =_}.
   */
  private String boundary(List<Content> plain) throws IOException {
    for (int attempt = 0; ; attempt++) {
      String boundary = "=_" + attempt + "_" + id;
      byte[] needle = ("--" + boundary).getBytes(StandardCharsets.US_ASCII);
      boolean found = false;
      for (Content content : plain) {
        found |= ContentSearch.contains(content, needle);
      }
      if (!found) {
        return boundary;
      }
    }
  }

  private static void write(List<Prepared> children, String boundary, OutputStream out)
      throws IOException {
    byte[] delimiter = ("--" + boundary + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] lineEnd = {'\r', '\n'};
    for (Prepared child : children) {
      out.write(delimiter);
      child.writeTo(out);
      out.write(lineEnd);
    }
    out.write(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
