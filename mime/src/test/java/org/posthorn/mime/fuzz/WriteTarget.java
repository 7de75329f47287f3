package org.posthorn.mime.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.posthorn.mime.Part;
import org.posthorn.mime.compose.IdSource;
import org.posthorn.mime.compose.MimePart;
import org.posthorn.mime.compose.OutputForm;
import org.posthorn.mime.message.Message;
import org.posthorn.mime.message.MessagePart;

/** What was read can be written in every form, and keeps every octet of every part. */
public final class WriteTarget {

  private WriteTarget() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    Message message = Message.of(data);
    for (OutputForm form : OutputForm.values()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      MimePart.of(message, IdSource.counting(1)).writeTo(out, form);
      byte[] octets = out.toByteArray();
      strict(octets, form);
      same(message.root(), Message.of(octets).root());
    }
  }

  private static void strict(byte[] octets, OutputForm form) {
    int line = 0;
    for (int i = 0; i < octets.length; i++) {
      byte octet = octets[i];
      IndexTarget.check(octet != 0, "NUL");
      IndexTarget.check(octet >= 0 || form != OutputForm.SEVEN_BIT, "8-bit");
      boolean crlf = i + 1 < octets.length && octets[i + 1] == '\n';
      IndexTarget.check(octet != '\r' || crlf, "bare CR");
      IndexTarget.check(octet != '\n' || (i > 0 && octets[i - 1] == '\r'), "bare LF");
      line = octet == '\n' ? 0 : line + 1;
      IndexTarget.check(line <= 999, "long line");
    }
  }

  private static void same(MessagePart before, MessagePart after) throws IOException {
    Part.Kind kind = before.index().kind();
    IndexTarget.check(kind == after.index().kind(), kind + " became " + after.index().kind());
    if (kind == Part.Kind.SINGLE) {
      IndexTarget.check(
          Arrays.equals(before.content().readAllBytes(), after.content().readAllBytes()),
          "other octets");
      return;
    }
    List<MessagePart> inside = inside(before);
    List<MessagePart> insideAfter = inside(after);
    IndexTarget.check(inside.size() == insideAfter.size(), "other number of parts");
    for (int i = 0; i < inside.size(); i++) {
      same(inside.get(i), insideAfter.get(i));
    }
  }

  private static List<MessagePart> inside(MessagePart part) {
    Message message = part.message();
    return message == null ? part.children() : List.of(message.root());
  }
}
