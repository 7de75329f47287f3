package org.posthorn.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OneServerForEachTest {
  @RegisterExtension
  final PosthornExtension mail =
      PosthornExtension.builder()
          .user("alice@example.com", "secret")
          .domain("example.com")
          .ports(MailPort.IMAP, MailPort.IMAPS, MailPort.LMTP)
          .withoutTls()
          .build();

  @RepeatedTest(2)
  void beginsEmpty() {
    assertEquals(0, mail.inbox("alice@example.com").size());
    mail.deliver("alice@example.com", "Subject: hello\n\n");
    assertEquals(1, mail.inbox("alice@example.com").size());
  }

  @Test
  void portsThatWereNotAskedForAreNotThere() {
    assertThrows(IllegalArgumentException.class, () -> mail.port(MailPort.SMTP));
    assertThrows(IllegalArgumentException.class, () -> mail.port(MailPort.IMAPS));
  }

  @Test
  void withoutTlsThereIsNoStartTls() throws IOException {
    try (LineClient imap = new LineClient(mail.port(MailPort.IMAP))) {
      assertFalse(imap.line().contains("STARTTLS"));
      assertFalse(imap.ask("a CAPABILITY").contains("STARTTLS"));
    }
  }

  @Test
  void runsDuringTestsOnly() {
    PosthornExtension unused = PosthornExtension.builder().build();
    assertThrows(IllegalStateException.class, () -> unused.port(MailPort.IMAP));
  }

  @Test
  void needsAPort() {
    PosthornExtension.Builder builder =
        PosthornExtension.builder().ports(MailPort.IMAPS).withoutTls();
    assertThrows(IllegalStateException.class, builder::build);
  }
}
