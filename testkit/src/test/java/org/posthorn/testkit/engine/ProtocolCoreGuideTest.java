package org.posthorn.testkit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.Demand;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.Flow;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.sasl.Authenticator;
import org.posthorn.protocol.sasl.LoginThrottle;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.protocol.sasl.SaslService;
import org.posthorn.testkit.Guide;

/** The code of protocol-core's README.md: that module is below this one. */
class ProtocolCoreGuideTest {
  private final List<String> replies = new ArrayList<>();
  private final Flow flow = new Flow(out -> {});
  private final RecordingEffects out =
      new RecordingEffects(new EngineStage().clock(), 1, new Transport(100));

  private void reply(String line) {
    replies.add(line);
  }

  private void sendMore() {
    reply("more");
  }

  private Demand turn(Runnable work) {
    out.beginTurn();
    try {
      return flow.turn(out, work);
    } finally {
      out.endTurn();
    }
  }

  @Test
  void stepsGoOnWhenTheyMay() {
    StoreCall<String> openMaildrop = context -> "maildrop";
    Demand demand =
        turn(
            () -> {
              flow.call(openMaildrop, maildrop -> reply("+OK"), failure -> reply("-ERR"));
            });
    assertEquals(Demand.COMPLETION, demand);
    assertEquals(Demand.INPUT, turn(() -> flow.resume(new Outcome.Done<>("maildrop"))));
    turn(
        () -> {
          flow.whenWritable(() -> sendMore());
        });
    assertEquals(
        Demand.WAIT,
        turn(
            () -> {
              flow.after(Duration.ofSeconds(2).toNanos(), () -> reply("-ERR"));
            }));
    assertEquals(List.of("+OK", "more"), replies);
  }

  @Test
  void usersLogIn() {
    Authenticator users = new MemoryAuthenticator().user("alice", "secret");
    SaslService sasl =
        new SaslService(
            users,
            SaslPolicy.STANDARD,
            FailureDelay.STANDARD,
            LoginThrottle.standard(),
            "pop3",
            "mail.example");
    assertTrue(!sasl.permitsPasswords(null));
  }

  @Test
  void theGuideHasThisCode() throws IOException {
    Guide.check(
        Path.of("../protocol-core/README.md"),
        Path.of("src/test/java/org/posthorn/testkit/engine/ProtocolCoreGuideTest.java"));
  }
}
