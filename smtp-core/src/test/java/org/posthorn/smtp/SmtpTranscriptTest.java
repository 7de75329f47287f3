package org.posthorn.smtp;

import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.testkit.engine.Feed;
import org.posthorn.testkit.transcript.HarnessWires;
import org.posthorn.testkit.transcript.Transcript;
import org.posthorn.testkit.transcript.TranscriptTests;
import org.posthorn.testkit.transcript.Wires;

class SmtpTranscriptTest extends TranscriptTests {
  private static final SmtpLimits LIMITS =
      SmtpLimits.DEFAULTS.withMessageOctets(2_000).withRecipients(3).withLineOctets(600);

  @Override
  protected Wires wires(Transcript script, Feed feed) {
    RecordingHandler handler = new RecordingHandler();
    String role = script.setting("role").stream().findFirst().orElse("mx");
    SmtpService.Builder service =
        switch (role) {
          case "lmtp" -> SmtpService.lmtp("mx.example.org", handler);
          case "submission" ->
              SmtpService.submission("mx.example.org", handler, new MemoryAuthenticator());
          default -> SmtpService.mx("mx.example.org", handler);
        };
    if (script.setting("bare-line-ends").contains("reject")) {
      service.bareLineEnds(BareLineEnds.REJECT);
    }
    SmtpLimits limits =
        script.setting("errors").stream()
            .findFirst()
            .map(count -> LIMITS.withErrors(Integer.parseInt(count)))
            .orElse(LIMITS);
    return new HarnessWires(service.limits(limits).build(), feed);
  }
}
