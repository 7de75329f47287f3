package org.posthorn.mime.compose;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.posthorn.mime.message.Message;
import org.posthorn.mime.message.MessagePart;

/**
 * A part to be written: a text, an attachment, a multipart, or a whole message. Immutable and safe
 * for any number of threads. Contents are read when it is written; those that are texts once more
 * before, to choose their transfer encoding. Memory does not grow with them.
 */
public final class MimePart {

  private final List<OutgoingField> header;
  private final PartBody body;

  MimePart(List<OutgoingField> header, PartBody body) {
    this.header = List.copyOf(header);
    this.body = body;
  }

  /** A text/plain part. */
  public static MimePart text(String text) {
    return text("plain", text);
  }

  /** A text/html part. */
  public static MimePart html(String html) {
    return text("html", html);
  }

  /** A text of another subtype, in UTF-8, or in ASCII if it is that. */
  public static MimePart text(String subtype, String text) {
    boolean ascii = text.chars().allMatch(c -> c < 128);
    return content(
        "text/" + subtype, Map.of("charset", ascii ? "us-ascii" : "utf-8"), Content.of(text));
  }

  /**
   * A content with its type. A text keeps its octets and gets the least transfer encoding that it
   * needs; all else is written in base64.
   *
   * @param mediaType no multipart and no message/rfc822
   * @param parameters of the Content-Type
   */
  public static MimePart content(
      String mediaType, Map<String, String> parameters, Content content) {
    OutgoingField type = OutgoingField.parameterized("Content-Type", mediaType, parameters);
    return new MimePart(List.of(type), new LeafBody(mediaType, content));
  }

  /** A file that comes with a message; its name may hold any characters but NUL. */
  public static MimePart attachment(String name, String mediaType, Content content) {
    return content(mediaType, Map.of(), content).named("attachment", name);
  }

  /**
   * A file to be shown in place where an HTML text refers to it as {@code cid:id}.
   *
   * @param id without angle brackets
   */
  public static MimePart inline(String id, String name, String mediaType, Content content) {
    return content(mediaType, Map.of(), content)
        .named("inline", name)
        .with(OutgoingField.messageIds("Content-ID", List.of(id)));
  }

  /** This part with a Content-Disposition and a file name. */
  public MimePart named(String disposition, String fileName) {
    return with(
        OutgoingField.parameterized(
            "Content-Disposition", disposition, Map.of("filename", fileName)));
  }

  /** This part with one more field. */
  public MimePart with(OutgoingField field) {
    List<OutgoingField> fields = new ArrayList<>(header);
    fields.add(field);
    return new MimePart(fields, body);
  }

  /**
   * A multipart. Its boundary comes from the ids and stands nowhere in the parts.
   *
   * @param subtype {@code mixed}, {@code alternative}, {@code related} …
   * @throws IllegalArgumentException if there are no parts
   */
  public static MimePart multipart(String subtype, IdSource ids, List<MimePart> parts) {
    return multipart(subtype, Map.of(), ids, parts);
  }

  /** A multipart whose Content-Type has parameters besides its boundary. */
  public static MimePart multipart(
      String subtype, Map<String, String> parameters, IdSource ids, List<MimePart> parts) {
    return new MimePart(List.of(), new MultipartBody(subtype, parameters, ids.next(), parts));
  }

  /**
   * A message within another. If it has header fields in UTF-8 in the end it is message/global (RFC
   * 6532), else message/rfc822.
   */
  public static MimePart message(MimePart message) {
    return new MimePart(List.of(), new MessageBody(message, Map.of()));
  }

  /**
   * A message that was read, as a message of its own: octet for octet if the form of output permits
   * that, else with the same parts and contents in a form that it does.
   *
   * @param ids for new boundaries
   */
  public static MimePart of(Message message, IdSource ids) throws IOException {
    return of(message.root(), ids);
  }

  /** A part that was read, in the same way. */
  public static MimePart of(MessagePart part, IdSource ids) throws IOException {
    return new MimePart(List.of(), new ParsedBody(part, ids));
  }

  /** A part that looks different from form to form. */
  static MimePart byForm(Function<OutputForm, MimePart> choice) {
    return new MimePart(List.of(), (fields, form) -> choice.apply(form).prepare(fields, form));
  }

  /**
   * Writes the part. The stream is neither flushed nor closed.
   *
   * @throws IOException if a content cannot be read or the stream not be written
   */
  public void writeTo(OutputStream out, OutputForm form) throws IOException {
    prepare(List.of(), form).writeTo(out);
  }

  Prepared prepare(List<OutgoingField> before, OutputForm form) throws IOException {
    List<OutgoingField> fields = new ArrayList<>(before);
    fields.addAll(header);
    return body.prepare(fields, form);
  }
}
