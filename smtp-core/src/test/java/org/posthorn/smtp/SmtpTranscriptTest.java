package org.posthorn.smtp;

import org.posthorn.testkit.engine.Feed;
import org.posthorn.testkit.transcript.HarnessWires;
import org.posthorn.testkit.transcript.Transcript;
import org.posthorn.testkit.transcript.TranscriptTests;
import org.posthorn.testkit.transcript.Wires;

class SmtpTranscriptTest extends TranscriptTests {
  @Override
  protected Wires wires(Transcript script, Feed feed) {
    return new HarnessWires(SmtpScripts.service(script).build(), feed);
  }
}
