package org.posthorn.delivery.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.Spool;
import org.posthorn.store.StoreException;

/** Does to a message what findings say, into another spool. */
final class Rewriting {
  private Rewriting() {}

  static void write(Spool from, List<HeaderEdit> edits, @Nullable Spool body, Spool to)
      throws StoreException {
    MessageFields message = MessageFields.of(from);
    List<byte[]> fields = new ArrayList<>(message.fields());
    for (HeaderEdit edit : edits) {
      apply(edit, fields);
    }
    for (byte[] field : fields) {
      to.write(ByteBuffer.wrap(field));
    }
    if (body != null) {
      to.write(ByteBuffer.wrap(new byte[] {'\r', '\n'}));
      body.copyTo(to::write);
      return;
    }
    if (message.emptyLine() || from.size() > message.bodyAt()) {
      to.write(ByteBuffer.wrap(new byte[] {'\r', '\n'}));
    }
    skip(from, message.bodyAt(), to);
  }

  private static void skip(Spool from, long octets, Spool to) throws StoreException {
    long[] left = {octets};
    from.copyTo(
        chunk -> {
          int skipped = (int) Math.min(left[0], chunk.remaining());
          left[0] -= skipped;
          chunk.position(chunk.position() + skipped);
          to.write(chunk);
        });
  }

  private static void apply(HeaderEdit edit, List<byte[]> fields) {
    if (edit instanceof HeaderEdit.Add add) {
      fields.add(field(add.name(), add.value()));
    } else if (edit instanceof HeaderEdit.Insert insert) {
      int at = Math.min(insert.position(), fields.size());
      fields.add(at, field(insert.name(), insert.value()));
    } else if (edit instanceof HeaderEdit.Change change) {
      change(change, fields);
    }
  }

  private static void change(HeaderEdit.Change change, List<byte[]> fields) {
    int seen = 0;
    for (int i = 0; i < fields.size(); i++) {
      if (MessageFields.named(fields.get(i), change.name()) && ++seen == change.occurrence()) {
        if (change.value().isEmpty()) {
          fields.remove(i);
        } else {
          fields.set(i, field(change.name(), change.value()));
        }
        return;
      }
    }
    if (!change.value().isEmpty()) {
      fields.add(field(change.name(), change.value()));
    }
  }

  /**
   * Line ends of a folded value become CRLF, a space is put behind the colon where there is none.
   */
  private static byte[] field(String name, String value) {
    String folded = value.replaceAll("\r?\n", "\r\n");
    String space = folded.startsWith(" ") || folded.startsWith("\t") ? "" : " ";
    return (name + ':' + space + folded + "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
