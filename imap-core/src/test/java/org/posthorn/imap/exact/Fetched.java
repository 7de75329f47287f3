package org.posthorn.imap.exact;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.posthorn.imap.ImapService;
import org.posthorn.imap.fetch.ResponseShape;
import org.posthorn.protocol.FailureDelay;
import org.posthorn.protocol.sasl.MemoryAuthenticator;
import org.posthorn.protocol.sasl.SaslPolicy;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.engine.EngineHarness;
import org.posthorn.testkit.engine.EngineStage;

/** A client that puts messages into a mailbox by APPEND and has them described by FETCH. */
final class Fetched implements AutoCloseable {
  private final MemoryStore store = MemoryStore.withAccounts("alice");
  private final EngineHarness client;

  Fetched() {
    client =
        new EngineStage()
            .open(
                ImapService.builder()
                    .store(store)
                    .authenticator(new MemoryAuthenticator().user("alice", "secret"))
                    .sasl(SaslPolicy.STANDARD.allowingPasswordsWithoutTls())
                    .failureDelay(FailureDelay.NONE)
                    .build());
    client.send("a LOGIN alice secret\r\na SELECT INBOX\r\n");
    client.read();
  }

  /** What FETCH says, and the same with stand-ins for parts taken out. */
  List<Facts> facts(byte[] message) {
    client.send("a APPEND INBOX ~{" + message.length + "+}\r\n");
    client.send(message);
    client.send("\r\n");
    String appended = client.readText();
    if (!appended.contains("a OK [APPENDUID")) {
      throw new AssertionError(appended);
    }
    Object envelope = fetch("ENVELOPE");
    Object structure = fetch("BODYSTRUCTURE");
    client.send("a STORE 1 +FLAGS.SILENT (\\Deleted)\r\na EXPUNGE\r\n");
    client.read();
    return List.of(
        WireFacts.of(envelope, structure, false), WireFacts.of(envelope, structure, true));
  }

  private Object fetch(String item) {
    client.send("a FETCH 1 " + item + "\r\n");
    String answer = new String(client.read(), StandardCharsets.ISO_8859_1);
    String end = "a OK FETCH completed\r\n";
    if (!answer.endsWith(end)) {
      throw new AssertionError(answer);
    }
    return ResponseShape.valueOf(item, answer.substring(0, answer.length() - end.length()));
  }

  @Override
  public void close() {
    store.close();
  }
}
