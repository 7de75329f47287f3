package org.posthorn.mime.compose;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.posthorn.mime.Octets;
import org.posthorn.mime.Parameter;
import org.posthorn.mime.ParameterizedValue;
import org.posthorn.mime.Part;
import org.posthorn.mime.TransferEncoding;
import org.posthorn.mime.message.HeaderField;
import org.posthorn.mime.message.Message;
import org.posthorn.mime.message.MessagePart;

/**
 * A part that was read. If its body is permitted as it stands it stays octet for octet, signatures
 * and all; else its parts are written one by one, in other encodings where they need them.
 */
record ParsedBody(MessagePart part, IdSource ids) implements PartBody {

  private static final int MAX_TOKEN = 60;

  @Override
  public Prepared prepare(List<OutgoingField> before, OutputForm form) throws IOException {
    List<OutgoingField> fields = new ArrayList<>(before);
    fields.addAll(OutgoingField.of(part.header()));
    ContentScan scan;
    try (InputStream in = part.raw()) {
      scan = ContentScan.of(in);
    }
    if (part.index().kind() == Part.Kind.MESSAGE && part.header().first("Content-Type") == null) {
      // It was in a digest, and its place may be another one now.
      fields.add(typeOf(part));
    }
    boolean same = SamePart.isRead(fields, form, part.index());
    if (same && scan.isPermitted(form) && headersPermitted(part, form)) {
      boolean mislabelled = scan.isEightBit() && !saysEightBit();
      List<OutgoingField> right =
          mislabelled ? without(fields, "Content-Transfer-Encoding") : fields;
      String encoding = mislabelled ? "Content-Transfer-Encoding: 8bit" : "";
      return LeafBody.verbatim(
          Prepared.header(right, form, encoding), part::raw, scan.isEightBit());
    }
    return switch (part.index().kind()) {
      case SINGLE -> leaf(same ? fields : retyped(fields), form);
      case MESSAGE -> message(fields, form);
      case MULTIPART -> multipart(fields, form);
    };
  }

  /** Whether the Content-Transfer-Encoding admits to octets above 127, or is not ours to judge. */
  private boolean saysEightBit() {
    Octets encoding = part.index().encoding();
    return encoding.equalsIgnoreCase("8bit")
        || encoding.equalsIgnoreCase("binary")
        || TransferEncoding.of(encoding) != TransferEncoding.IDENTITY;
  }

  /** Whether the headers of all parts within may stand as they are. */
  private static boolean headersPermitted(MessagePart part, OutputForm form) throws IOException {
    Message message = part.message();
    List<MessagePart> inside = message == null ? part.children() : List.of(message.root());
    for (MessagePart child : inside) {
      for (HeaderField field : child.header().fields()) {
        if (!RawField.isPermitted(field.raw().toByteArray(), form.permitsUtf8())) {
          return false;
        }
      }
      if (!headersPermitted(child, form)) {
        return false;
      }
    }
    return true;
  }

  private Prepared leaf(List<OutgoingField> fields, OutputForm form) throws IOException {
    Content content = part::content;
    ContentScan scan;
    try (InputStream in = content.open()) {
      scan = ContentScan.of(in);
    }
    return new LeafBody(part.mediaType(), content)
        .encoded(without(fields, "Content-Transfer-Encoding"), form, scan);
  }

  private Prepared message(List<OutgoingField> fields, OutputForm form) throws IOException {
    Message message = part.message();
    if (message == null) {
      throw new IllegalStateException("a message part without a message");
    }
    return new MessageBody(MimePart.of(message, ids), parameters())
        .prepare(without(without(fields, "Content-Transfer-Encoding"), "Content-Type"), form);
  }

  private Prepared multipart(List<OutgoingField> fields, OutputForm form) throws IOException {
    List<MimePart> parts = new ArrayList<>();
    for (MessagePart child : part.children()) {
      MimePart copy = MimePart.of(child, ids);
      parts.add(isUntypedSingle(child) ? copy.with(typeOf(child)) : copy);
    }
    Octets subtype = part.index().subtype();
    String written = isWritable(subtype) ? subtype.asAscii().toLowerCase(Locale.ROOT) : "mixed";
    return new MultipartBody(written, parameters(), ids.next(), parts)
        .prepare(without(without(fields, "Content-Transfer-Encoding"), "Content-Type"), form);
  }

  /**
   * Whether a part that is no message has no Content-Type: in a digest it would be read as a
   * message (RFC 2046 section 5.1.5). The part that stands in for missing ones is such a part.
   */
  private boolean isUntypedSingle(MessagePart child) throws IOException {
    return part.index().subtype().equalsIgnoreCase("digest")
        && child.index().kind() == Part.Kind.SINGLE
        && child.header().first("Content-Type") == null;
  }

  private static OutgoingField typeOf(MessagePart child) {
    return OutgoingField.parameterized("Content-Type", child.mediaType(), Map.of());
  }

  /** The fields with a Content-Type that says what the part was read as, if one can. */
  private List<OutgoingField> retyped(List<OutgoingField> fields) {
    Part read = part.index();
    boolean writable = isWritable(read.type()) && isWritable(read.subtype());
    List<OutgoingField> typed = new ArrayList<>(without(fields, "Content-Type"));
    typed.add(
        writable
            ? OutgoingField.parameterized("Content-Type", part.mediaType(), parameters())
            : OutgoingField.parameterized("Content-Type", "application/octet-stream", Map.of()));
    return typed;
  }

  private static boolean isWritable(Octets word) {
    return ParameterWriter.isToken(word.asAscii()) && word.length() <= MAX_TOKEN;
  }

  /** The parameters of the Content-Type that can be written, without the boundary. */
  private Map<String, String> parameters() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Parameter parameter : part.index().parameters()) {
      String name = parameter.name().asAscii().toLowerCase(Locale.ROOT);
      String plain = name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
      String text = ParameterizedValue.text(part.index().parameters(), plain);
      if (text != null
          && !plain.equals("boundary")
          && ParameterWriter.isToken(plain)
          && plain.length() <= MAX_TOKEN) {
        texts.putIfAbsent(plain, text);
      }
    }
    return texts;
  }

  private static List<OutgoingField> without(List<OutgoingField> fields, String name) {
    return fields.stream().filter(field -> !field.is(name)).toList();
  }
}
