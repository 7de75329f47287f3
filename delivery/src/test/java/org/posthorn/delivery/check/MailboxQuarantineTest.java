package org.posthorn.delivery.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.delivery.Deliveries;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;

class MailboxQuarantineTest {
  private static final MailboxName HELD = MailboxName.of("Held");

  @TempDir Path spool;
  private final MemoryStore store = MemoryStore.withAccounts("postmaster");
  private final KeepingHandler next = new KeepingHandler();

  private MailHandler handler(String account) {
    return CheckedHandler.before(next)
        .checker(
            peer ->
                content ->
                    new Findings.Builder()
                        .edit(new HeaderEdit.Add("X-Virus", "Yes"))
                        .quarantine("odd\r\nBcc: x")
                        .build())
        .quarantine(new MailboxQuarantine(store, account, HELD))
        .spool(spool, 1 << 10)
        .build();
  }

  @Test
  void keepsMailForSomebodyWhoLooksAtIt() throws Exception {
    String message = "Subject: a\r\n\r\n" + "body\r\n".repeat(1_000);
    for (int i = 0; i < 2; i++) {
      assertEquals(
          "250 2.0.0 OK, held",
          KeepingHandler.send(handler("postmaster"), SmtpRole.MX, message, "alice", "bob")
              .get(0)
              .line());
    }
    assertEquals(List.of(), next.kept);
    List<String> held = Deliveries.messages(store, "postmaster", "Held");
    assertEquals(2, held.size());
    assertEquals(
        "X-Quarantine-Reason: odd??Bcc: x\r\n"
            + "X-Envelope-From: <carol@elsewhere.example>\r\n"
            + "X-Envelope-To: <alice@example.org>,\r\n\t<bob@example.org>\r\n"
            + message.replace("Subject: a\r\n", "Subject: a\r\nX-Virus: Yes\r\n"),
        held.get(0));
  }

  @Test
  void withoutTheAccountMailIsRefusedForNow() {
    StoreException e =
        assertThrows(
            StoreException.class,
            () -> KeepingHandler.send(handler("nobody"), SmtpRole.MX, "A: b\r\n\r\n", "alice"));
    assertEquals(StoreException.Code.UNAVAILABLE, e.code());
  }
}
