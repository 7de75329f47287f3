package org.posthorn.store.support;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.CaseMap;
import org.posthorn.mime.DecodedContent;
import org.posthorn.mime.Field;
import org.posthorn.mime.HeaderText;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.mime.Part;
import org.posthorn.mime.TextDecoder;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;

/**
 * The decoded texts of a message for a search index, folded by i;unicode-casemap: what a SEARCH
 * looks into, and more rather than less.
 *
 * @param header all fields of the message and its parts, a line each
 * @param body the textual parts one after the other
 */
public record SearchTexts(String header, String body) {
  private static final int SLICE = 16 << 10;

  /** Ends a text, so that nothing is found across. */
  private static final char BETWEEN = '\n';

  /**
   * Reads a message; gives null where its texts together are longer than {@code limit} characters.
   */
  public static @Nullable SearchTexts of(MessageIndex index, MessageContent content, int limit)
      throws StoreException {
    StringBuilder header = new StringBuilder();
    StringBuilder body = new StringBuilder();
    return addHeaders(index.root(), content, limit, header)
            && addBodies(index.root(), content, limit - header.length(), body)
        ? new SearchTexts(folded(header), folded(body))
        : null;
  }

  /** A NUL would end the text for a tokenizer; nobody can search for one. */
  private static String folded(StringBuilder text) {
    return CaseMap.fold(text.toString()).replace('\0', BETWEEN);
  }

  private static boolean addHeaders(
      Part part, MessageContent content, int limit, StringBuilder text) throws StoreException {
    for (Field field : part.fields()) {
      if (text.length() + field.end() - field.valueStart() > limit) {
        return false;
      }
      text.append(field.name().asUtf8())
          .append(": ")
          .append(HeaderText.decode(octets(content, field)))
          .append(BETWEEN);
    }
    for (Part child : part.children()) {
      if (!addHeaders(child, content, limit, text)) {
        return false;
      }
    }
    return true;
  }

  private static Octets octets(MessageContent content, Field field) throws StoreException {
    ByteBuffer octets = ByteBuffer.allocate((int) (field.end() - field.valueStart()));
    long position = field.valueStart();
    for (int read; octets.hasRemaining(); position += read) {
      read = content.read(position, octets);
      if (read < 0) {
        break;
      }
    }
    return Octets.copyOf(octets.flip());
  }

  private static boolean addBodies(Part part, MessageContent content, int limit, StringBuilder text)
      throws StoreException {
    for (Part child : part.children()) {
      if (!addBodies(child, content, limit, text)) {
        return false;
      }
    }
    boolean textual =
        part.kind() == Part.Kind.SINGLE
            && (part.type().equalsIgnoreCase("text") || part.type().equalsIgnoreCase("message"));
    return !textual || addBody(part, content, limit, text);
  }

  private static boolean addBody(Part part, MessageContent content, int limit, StringBuilder text)
      throws StoreException {
    TextDecoder decoder = DecodedContent.text(part);
    ByteBuffer octets = ByteBuffer.allocate(SLICE);
    CharBuffer decoded = CharBuffer.allocate(SLICE);
    long position = part.bodyStart();
    while (position < part.end()) {
      octets.clear().limit((int) Math.min(SLICE, part.end() - position));
      int read = content.read(position, octets);
      if (read <= 0) {
        break;
      }
      position += read;
      octets.flip();
      while (octets.hasRemaining()) {
        decoder.convert(octets, decoded);
        take(decoded, text);
      }
      if (text.length() > limit) {
        return false;
      }
    }
    boolean finished;
    do {
      finished = decoder.finish(decoded);
      take(decoded, text);
    } while (!finished);
    text.append(BETWEEN);
    return text.length() <= limit;
  }

  private static void take(CharBuffer decoded, StringBuilder text) {
    text.append(decoded.flip());
    decoded.clear();
  }
}
