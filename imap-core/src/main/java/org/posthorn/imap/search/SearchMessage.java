package org.posthorn.imap.search;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.fetch.StoredMessage;
import org.posthorn.mime.DecodedContent;
import org.posthorn.mime.Field;
import org.posthorn.mime.HeaderText;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.mime.Part;
import org.posthorn.mime.TextDecoder;
import org.posthorn.protocol.CallContext;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/**
 * One message under test. Its body is read at most once, for all the keys of the program that look
 * into it.
 */
public final class SearchMessage {

  private final StoredMessage message;
  private final List<Needle> bodyNeedles;
  private final TextBuffers buffers;
  private final CallContext context;
  private @Nullable TextScan body;
  private double relevance;
  private int relevances;

  SearchMessage(
      StoredMessage message, List<Needle> bodyNeedles, TextBuffers buffers, CallContext context) {
    this.buffers = buffers;
    this.message = message;
    this.bodyNeedles = bodyNeedles;
    this.context = context;
  }

  /** What the store knows of it: the items that the keys of the program asked for. */
  public Row row() {
    return message.row();
  }

  /** Its MIME index. */
  public MessageIndex index() throws StoreException {
    return message.index();
  }

  /** How many header fields of that name it has. */
  int count(Octets name) throws StoreException {
    int count = 0;
    for (Field field : index().root().fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        count++;
      }
    }
    return count;
  }

  /** The text of a field's value, unfolded and decoded. */
  public String value(Field field) throws StoreException {
    return HeaderText.decode(message.octets(field.valueStart(), field.end()));
  }

  /** Whether some field of the message or its parts, its name included, has the text. */
  boolean headersContain(Needle text) throws StoreException {
    return text.isEmpty() || headersContain(text, index().root());
  }

  private boolean headersContain(Needle text, Part part) throws StoreException {
    for (Field field : part.fields()) {
      TextScan scan = new TextScan(List.of(text));
      scan.add(field.name().asUtf8());
      scan.add(": ");
      scan.add(value(field));
      if (scan.done()) {
        return true;
      }
    }
    for (Part child : part.children()) {
      if (headersContain(text, child)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the body has the text, which must be one of those that the program announced. */
  boolean bodyContains(Needle text) throws StoreException {
    TextScan scanned = body;
    if (scanned == null) {
      scanned = new TextScan(bodyNeedles);
      scan(index().root(), scanned);
      body = scanned;
    }
    return scanned.found(bodyNeedles.indexOf(text));
  }

  /** The text of each field of that name. */
  void scanField(Octets name, TextSink scan) throws StoreException {
    for (Field field : index().root().fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        scan.restart();
        scan.add(value(field));
      }
    }
  }

  /** The text of each field of the message and its parts. */
  void scanHeaders(TextSink scan) throws StoreException {
    scanHeaders(index().root(), scan);
  }

  private void scanHeaders(Part part, TextSink scan) throws StoreException {
    for (Field field : part.fields()) {
      scan.restart();
      scan.add(value(field));
    }
    for (Part child : part.children()) {
      scanHeaders(child, scan);
    }
  }

  /** The text of the body. */
  void scanBody(TextSink scan) throws StoreException {
    scan(index().root(), scan);
  }

  /**
   * A text that need only be similar was found.
   *
   * @param similarity above 0, up to 1
   */
  void relevant(double similarity) {
    relevance += similarity;
    relevances++;
  }

  /** RFC 6203 section 4: 1 to 100, the mean of what was found. */
  int score() {
    return relevances == 0
        ? 100
        : (int) Math.max(1, Math.min(100, Math.round(100 * relevance / relevances)));
  }

  private void scan(Part part, TextSink scan) throws StoreException {
    if (scan.done()) {
      return;
    }
    for (Part child : part.children()) {
      scan(child, scan);
    }
    if (part.kind() == Part.Kind.SINGLE
        && (part.type().equalsIgnoreCase("text") || part.type().equalsIgnoreCase("message"))) {
      scanText(part, scan);
    }
  }

  private void scanText(Part part, TextSink scan) throws StoreException {
    scan.restart();
    TextDecoder decoder = DecodedContent.text(part);
    ByteBuffer octets = buffers.octets().clear();
    CharBuffer text = buffers.text().clear();
    MessageContent from = message.content();
    long position = part.bodyStart();
    while (position < part.end() && !scan.done()) {
      if (context.cancelled()) {
        throw new StoreException(StoreException.Code.CANCELLED, "search cancelled");
      }
      octets.clear().limit((int) Math.min(octets.capacity(), part.end() - position));
      int read = from.read(position, octets);
      if (read <= 0) {
        break;
      }
      position += read;
      octets.flip();
      while (octets.hasRemaining()) {
        decoder.convert(octets, text);
        hand(text, scan);
      }
    }
    boolean finished;
    do {
      finished = decoder.finish(text);
      hand(text, scan);
    } while (!finished);
  }

  private static void hand(CharBuffer text, TextSink scan) {
    text.flip();
    scan.add(text);
    text.clear();
  }
}
