package org.posthorn.smtp;

import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.testkit.engine.Feed;
import org.posthorn.testkit.transcript.HarnessWires;
import org.posthorn.testkit.transcript.Transcript;
import org.posthorn.testkit.transcript.TranscriptTests;
import org.posthorn.testkit.transcript.Wires;

class SmtpTranscriptTest extends TranscriptTests {
  private static final SmtpLimits LIMITS =
      SmtpLimits.DEFAULTS.withMessageOctets(2_000).withLineOctets(600);

  private static final MemoryAuthenticator USERS =
      new MemoryAuthenticator().user("tim", "tanstaaftanstaaf");

  @Override
  protected Wires wires(Transcript script, Feed feed) {
    RecordingHandler handler = new RecordingHandler();
    String role = script.setting("role").stream().findFirst().orElse("mx");
    SmtpService.Builder service =
        switch (role) {
          case "lmtp" -> SmtpService.lmtp("mx.example.org", handler);
          case "submission" -> SmtpService.submission("mx.example.org", handler, USERS);
          default -> SmtpService.mx("mx.example.org", handler);
        };
    if (script.setting("bare-line-ends").contains("reject")) {
      service.bareLineEnds(BareLineEnds.REJECT);
    }
    SmtpLimits limits =
        LIMITS
            .withErrors(number(script, "errors", 20))
            .withRecipients(number(script, "recipients", 3));
    return new HarnessWires(service.limits(limits).build(), feed);
  }

  private static int number(Transcript script, String key, int otherwise) {
    return script.setting(key).stream().mapToInt(Integer::parseInt).findFirst().orElse(otherwise);
  }
}
