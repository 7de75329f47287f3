package org.posthorn.mime.fuzz;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.posthorn.mime.IndexFormatException;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.MessageIndexer;
import org.posthorn.mime.Part;
import org.posthorn.mime.message.Attachment;
import org.posthorn.mime.message.Message;
import org.posthorn.mime.message.MessagePart;

/** Any octets have an index, the same however they are cut, and can be read to the end. */
public final class IndexTarget {

  private IndexTarget() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException, IndexFormatException {
    MessageIndex index = MessageIndex.of(data);
    byte[] stored = index.encode();
    for (int piece : new int[] {1, 7, 100}) {
      MessageIndexer indexer = new MessageIndexer();
      for (int at = 0; at < data.length; at += piece) {
        int length = Math.min(piece, data.length - at);
        indexer.write(ByteBuffer.wrap(Arrays.copyOfRange(data, at, at + length)));
      }
      check(Arrays.equals(stored, indexer.finish().encode()), "cut into pieces of " + piece);
    }
    walk(MessageIndex.decode(stored).root(), data.length);
    read(Message.of(data));
  }

  private static void walk(Part part, long end) {
    check(part.headerStart() <= part.bodyStart(), "header");
    check(part.bodyStart() <= part.end() && part.end() <= end, "body");
    part.fields();
    part.envelope();
    for (Part child : part.children()) {
      walk(child, part.end());
    }
  }

  private static void read(Message message) throws IOException {
    message.subject();
    message.date();
    message.from();
    message.references();
    check(message.preview(20).codePointCount(0, message.preview(20).length()) <= 20, "preview");
    drain(message.searchText());
    for (Attachment attachment : message.attachments()) {
      attachment.content().readAllBytes();
    }
    contents(message.root());
  }

  private static void contents(MessagePart part) throws IOException {
    drain(part.plainText());
    part.fileName();
    part.content().readAllBytes();
    for (MessagePart child : part.children()) {
      contents(child);
    }
  }

  private static void drain(Reader reader) throws IOException {
    char[] buffer = new char[100];
    while (reader.read(buffer) >= 0) {
      // Reading is the test.
    }
  }

  static void check(boolean right, String what) {
    if (!right) {
      throw new AssertionError(what);
    }
  }
}
