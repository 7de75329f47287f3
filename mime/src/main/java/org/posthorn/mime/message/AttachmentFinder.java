package org.posthorn.mime.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds what comes with the text of a message. */
final class AttachmentFinder {

  private AttachmentFinder() {}

  static List<Attachment> find(MessagePart root) throws IOException {
    List<Attachment> found = new ArrayList<>();
    find(root, found);
    return List.copyOf(found);
  }

  private static void find(MessagePart part, List<Attachment> found) throws IOException {
    List<MessagePart> children = part.children();
    for (MessagePart child : children) {
      find(child, found);
    }
    if (!children.isEmpty()) {
      return;
    }
    if (!BodyFinder.isBody(part)) {
      found.add(new Attachment(part));
    } else if (part.is("text", "plain")) {
      EmbeddedFiles.find(part, found);
    }
  }
}
