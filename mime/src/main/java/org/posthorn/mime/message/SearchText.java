package org.posthorn.mime.message;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The text of a part and all within it, one after the other, each opened when it is reached. */
final class SearchText extends Reader {

  /** Parts of which nothing was given yet; what is nearest stands first. */
  private final Deque<MessagePart> parts = new ArrayDeque<>();

  /** What is to be given of the part at hand. */
  private final Deque<Reader> readers = new ArrayDeque<>();

  SearchText(MessagePart root) {
    parts.push(root);
  }

  @Override
  public int read(char[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      Reader reader = readers.peek();
      if (reader == null) {
        MessagePart part = parts.poll();
        if (part == null) {
          return -1;
        }
        open(part);
        continue;
      }
      int count = reader.read(target, from, length);
      if (count >= 0) {
        return count;
      }
      readers.poll();
      reader.close();
    }
  }

  private void open(MessagePart part) throws IOException {
    StringBuilder header = new StringBuilder();
    for (HeaderField field : part.header().fields()) {
      header.append(field.name()).append(": ").append(field.text()).append('\n');
    }
    readers.add(new StringReader(header.append('\n').toString()));
    Message message = part.message();
    if (message != null) {
      parts.push(message.root());
      return;
    }
    List<MessagePart> children = part.children();
    for (int i = children.size() - 1; i >= 0; i--) {
      parts.push(children.get(i));
    }
    if (children.isEmpty() && (part.is("text") || part.is("message"))) {
      readers.add(part.plainText());
      readers.add(new StringReader("\n"));
    }
  }

  @Override
  public void close() throws IOException {
    parts.clear();
    while (true) {
      Reader reader = readers.poll();
      if (reader == null) {
        return;
      }
      reader.close();
    }
  }
}
