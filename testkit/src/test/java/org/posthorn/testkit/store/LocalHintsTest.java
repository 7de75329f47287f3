package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.posthorn.store.HintSink;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.WatchSpec;
import org.posthorn.store.support.HintBus;
import org.posthorn.store.support.LocalHints;
import org.posthorn.testkit.Guide;

/** The bus within a process, and the guide about buses. */
class LocalHintsTest {
  private final LocalHints process = new LocalHints();

  @Nested
  class MyBusTest extends HintBusContract {
    @Override
    protected HintBus join() {
      return process.join();
    }

    @Override
    protected Place place(int number) {
      return new Place("alice", new MailboxId("F" + number), MailboxName.of("box", "n" + number));
    }
  }

  @Test
  void aStoreJoins() throws StoreException {
    LocalHints servers = process;
    MailboxId inbox = new MailboxId("F1");
    MailboxId changed = new MailboxId("F2");
    List<MailboxId> hinted = new ArrayList<>();
    HintSink nobody = id -> {};
    Map<MailboxId, HintSink> watchers = Map.of(inbox, hinted::add);
    HintBus elsewhere = servers.join();

    HintBus bus = servers.join();
    bus.start(
        new HintBus.Ear() {
          @Override
          public void heard(String account, MailboxId id, MailboxName name) {
            watchers.getOrDefault(id, nobody).hint(id);
          }

          @Override
          public void mayHaveMissed() {
            watchers.forEach((id, sink) -> sink.hint(id));
          }
        });
    elsewhere.tell("alice", inbox, MailboxName.INBOX);
    Runnable away = bus.watched("alice", WatchSpec.mailbox(inbox));
    bus.tell("alice", changed, MailboxName.of("Sent"));
    away.run();
    bus.close();

    elsewhere.tell("alice", inbox, MailboxName.INBOX);
    assertEquals(List.of(inbox), hinted);
  }

  @Test
  void theGuideHasThisCode() throws IOException {
    Guide.check(
        Path.of("../store-spi/README.md"),
        Path.of("src/test/java/org/posthorn/testkit/store/LocalHintsTest.java"));
  }
}
