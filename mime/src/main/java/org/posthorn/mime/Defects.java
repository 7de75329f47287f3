package org.posthorn.mime;

/** Collects defects up to a limit. */
final class Defects {

  private final IndexWriter writer = new IndexWriter(0);
  private final int max;
  private int count;

  Defects(int max) {
    this.max = max;
  }

  void clear() {
    writer.clear();
    count = 0;
  }

  void add(Defect.Kind kind, long position) {
    if (count < max) {
      count++;
      writer.number(kind.code());
      writer.number(position);
    }
  }

  void write(IndexWriter index) {
    index.block(writer);
  }
}
