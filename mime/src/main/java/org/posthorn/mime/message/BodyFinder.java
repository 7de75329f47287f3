package org.posthorn.mime.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the part that holds the text of a message in the form of a subtype of text. */
final class BodyFinder {

  private BodyFinder() {}

  /** The first such part that is not an attachment, or null. */
  static @Nullable MessagePart find(MessagePart part, String subtype) {
    List<MessagePart> children = part.children();
    if (children.isEmpty()) {
      boolean body = isBody(part);
      return body && part.is("text", subtype) ? part : null;
    }
    for (MessagePart child : children) {
      MessagePart found = find(child, subtype);
      if (found != null) {
        return found;
      }
      // What comes after the text in another form is no longer the text but goes with it.
      if (!part.is("multipart", "alternative") && hasBody(child)) {
        return null;
      }
    }
    return null;
  }

  private static boolean hasBody(MessagePart part) {
    return isBody(part) || part.children().stream().anyMatch(BodyFinder::hasBody);
  }

  /** Whether the part is a text to be read in place. */
  static boolean isBody(MessagePart part) {
    return (part.is("text", "plain") || part.is("text", "html"))
        && !part.saysAttachment()
        && part.fileName() == null;
  }
}
