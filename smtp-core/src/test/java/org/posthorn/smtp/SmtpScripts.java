package org.posthorn.smtp;

import java.time.Duration;
import java.util.Set;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.testkit.sasl.EveryMechanism;
import org.posthorn.testkit.transcript.Transcript;

/** The services that transcripts ask for in their settings. */
public final class SmtpScripts {
  private static final MemoryAuthenticator USERS =
      new MemoryAuthenticator().user("tim", "tanstaaftanstaaf");

  private SmtpScripts() {}

  /** The service of a script; each has a handler of its own. */
  public static SmtpService.Builder service(Transcript script) {
    ScriptedHandler handler = new ScriptedHandler(script.setting("facet"));
    String role = script.setting("role").stream().findFirst().orElse("mx");
    SmtpService.Builder service =
        switch (role) {
          case "lmtp" -> SmtpService.lmtp("mx.example.org", handler);
          case "submission" -> SmtpService.submission("mx.example.org", handler, USERS);
          default -> SmtpService.mx("mx.example.org", handler);
        };
    for (String policy : script.setting("bare-line-ends")) {
      service.bareLineEnds(BareLineEnds.valueOf(policy));
    }
    for (String domain : script.setting("identities")) {
      service.identities(SenderIdentities.ofAccounts(Set.of(domain)));
    }
    if (script.setting("mechanisms").contains("every")) {
      service.sasl(EveryMechanism.policy("tim", "token"));
    }
    if (script.setting("urls").contains("imap")) {
      service.urls(new ScriptedUrls());
    }
    for (String trusted : script.setting("xclient")) {
      service.xclientFrom(address -> trusted.equals("everybody"));
    }
    for (String keyword : script.setting("no-soliciting")) {
      service.noSoliciting(keyword);
    }
    return service.limits(
        SmtpLimits.builder()
            .messageOctets(2_000)
            .lineOctets(600)
            .textLineOctets(number(script, "text-line", 1 << 20))
            .errors(number(script, "errors", 20))
            .recipients(number(script, "recipients", 3))
            .hops(number(script, "hops", 100))
            .transactions(number(script, "transactions", 1_000))
            .dataTotal(Duration.ofSeconds(number(script, "data-total", 7_200)))
            .build());
  }

  /** The same, and a refused login is answered at once. */
  public static SmtpService impatient(Transcript script) {
    return service(script).failureDelay(FailureDelay.NONE).build();
  }

  private static int number(Transcript script, String key, int otherwise) {
    return script.setting(key).stream().mapToInt(Integer::parseInt).findFirst().orElse(otherwise);
  }
}
