package org.posthorn.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;

/**
 * The structure of a message as mime4j sees it, and ours in the same form: media types and body
 * sizes.
 */
final class Mime4jTree {

  private Mime4jTree() {}

  static String theirs(byte[] message) throws IOException, MimeException {
    MimeConfig config =
        new MimeConfig.Builder()
            .setMaxLineLen(-1)
            .setMaxHeaderLen(-1)
            .setMaxHeaderCount(-1)
            .setMaxContentLen(-1)
            .build();
    MimeTokenStream stream = new MimeTokenStream(config);
    stream.parse(new ByteArrayInputStream(message));
    StringBuilder tree = new StringBuilder();
    for (EntityState state = stream.getState();
        state != EntityState.T_END_OF_STREAM;
        state = stream.next()) {
      switch (state) {
        case T_BODY -> {
          tree.append(type(stream)).append(' ');
          try (InputStream body = stream.getInputStream()) {
            tree.append(body.readAllBytes().length).append(',');
          }
        }
        case T_START_MULTIPART -> tree.append(type(stream)).append('[');
        case T_END_MULTIPART -> tree.append("],");
        case T_START_MESSAGE -> tree.append('{');
        case T_END_MESSAGE -> tree.append("},");
        default -> {}
      }
    }
    return tree.toString();
  }

  private static String type(MimeTokenStream stream) {
    return stream.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT);
  }

  static String ours(byte[] message) {
    StringBuilder tree = new StringBuilder("{");
    append(MessageIndex.of(message).root(), tree);
    return tree.append("},").toString();
  }

  private static void append(Part part, StringBuilder tree) {
    String type = (part.type() + "/" + part.subtype()).toLowerCase(Locale.ROOT);
    switch (part.kind()) {
      case SINGLE ->
          tree.append(type).append(' ').append(part.end() - part.bodyStart()).append(',');
      case MULTIPART -> {
        tree.append(type).append('[');
        if (!hasStandIn(part)) {
          part.children().forEach(child -> append(child, tree));
        }
        tree.append("],");
      }
      case MESSAGE -> {
        tree.append('{');
        append(part.children().get(0), tree);
        tree.append("},");
      }
    }
  }

  /** Whether the multipart has nothing but a part that stands in for the missing ones. */
  private static boolean hasStandIn(Part part) {
    Part first = part.children().get(0);
    return part.children().size() == 1
        && first.headerStart() == part.bodyStart()
        && first.end() == part.bodyStart();
  }
}
