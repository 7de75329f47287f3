package org.posthorn.imap.search;

/** Takes the text of a message in pieces of any size. */
interface TextSink {
  /** More of the text. */
  void add(CharSequence text);

  /** What comes next does not continue what came before. */
  void restart();

  /** Whether no more text is needed. */
  boolean done();
}
