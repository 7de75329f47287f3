package org.posthorn.mime.message;

import java.io.IOException;
import java.io.Reader;

/** What a reader of an HTML text would see. */
final class HtmlReader extends Reader {

  private static final int STEP = 4096;

  private final Reader html;
  private final HtmlText converter = new HtmlText();
  private final StringBuilder text = new StringBuilder();
  private final char[] buffer = new char[STEP];
  private int at;
  private boolean ended;

  HtmlReader(Reader html) {
    this.html = html;
  }

  @Override
  public int read(char[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (at == text.length()) {
      if (ended) {
        return -1;
      }
      text.setLength(0);
      at = 0;
      int count = html.read(buffer, 0, STEP);
      if (count < 0) {
        ended = true;
        converter.finish(text);
      } else {
        converter.convert(buffer, 0, count, text);
      }
    }
    int count = Math.min(length, text.length() - at);
    text.getChars(at, at + count, target, from);
    at += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    html.close();
  }
}
