package org.posthorn.testkit.transcript;

import org.posthorn.testkit.engine.Feed;
import org.posthorn.testkit.engine.ToyEngine;

class ToyTranscriptTest extends TranscriptTests {
  @Override
  protected Wires wires(Transcript script, Feed feed) {
    return new HarnessWires(new ToyEngine.Board(), feed);
  }
}
