package org.posthorn.pop3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.posthorn.protocol.sasl.Authenticator;
import org.posthorn.protocol.sasl.CramMd5Mechanism;
import org.posthorn.protocol.sasl.LoginThrottle;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.Guide;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/** The code of README.md. */
class GuideTest {
  private final MailStore store = MemoryStore.withAccounts("alice");
  private final Authenticator users = new MemoryAuthenticator();

  private static final class EchoCommand implements Pop3Command {
    @Override
    public String name() {
      return "XECHO";
    }

    @Override
    public boolean allowed(Pop3State state) {
      return true;
    }

    @Override
    public void run(Pop3Session session, Arguments arguments) throws RefusedException {
      session.ok(arguments.rest("text"));
    }
  }

  private static String said(Pop3Service service, String commands) {
    EngineHarness pop3 = new EngineStage().open(service);
    pop3.send(commands);
    return pop3.readText();
  }

  @Test
  void aServiceAnswers() {
    Pop3Service pop3 =
        Pop3Service.builder()
            .store(store)
            .authenticator(new MemoryAuthenticator().user("alice", "secret"))
            .hostname("mail.example")
            .build();
    assertEquals("+OK Posthorn POP3 ready\r\n+OK Bye\r\n", said(pop3, "QUIT\r\n"));
  }

  @Test
  void policiesAreChosen() {
    LoginThrottle throttle = LoginThrottle.standard();
    MemoryAuthenticator users = new MemoryAuthenticator().user("alice", "secret");
    Pop3Service pop3 =
        Pop3Service.builder()
            .store(store)
            .authenticator(users)
            .sasl(SaslPolicy.STANDARD.with(new CramMd5Mechanism()))
            .throttle(throttle)
            .loginDelay(Duration.ofSeconds(10))
            .expiry(Expiry.afterDays(90))
            .removal(Removal.moveTo(MailboxName.of("Trash")))
            .apop()
            .build();
    String said = said(pop3, "CAPA\r\n");
    assertTrue(said.contains("LOGIN-DELAY 10\r\n"));
    assertTrue(said.contains("EXPIRE 90\r\n"));
    assertTrue(said.contains("CRAM-MD5"));
  }

  @Test
  void aCommandIsAdded() {
    Pop3Service pop3 =
        Pop3Service.builder()
            .store(store)
            .authenticator(users)
            .extension(Pop3Extension.of("XECHO", new EchoCommand()))
            .without("STLS")
            .build();
    assertTrue(said(pop3, "XECHO a b\r\n").endsWith("+OK a b\r\n"));
    String capabilities = said(pop3, "CAPA\r\n");
    assertTrue(capabilities.contains("\r\nXECHO\r\n"));
    assertTrue(!capabilities.contains("STLS"));
  }

  @Test
  void theGuideHasThisCode() throws IOException {
    Guide.check(Path.of("README.md"), Path.of("src/test/java/org/posthorn/pop3/GuideTest.java"));
  }
}
