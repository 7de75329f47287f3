package org.posthorn.store.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** Batches stay under 256 KiB, whatever keywords and UIDs are like. */
@EnabledIfSystemProperty(
    named = "posthorn.cassandra",
    matches = "true",
    disabledReason = "a real node runs with -Pcassandra")
@Tag("long")
class BatchSizeTest extends TwoServers {
  private static final MailboxName BOX = MailboxName.of("box");

  private static final PageLimit LARGE = new PageLimit(1_000, 1 << 28);

  private WatchedSession watched;
  private CassandraStore store;

  @BeforeEach
  void watch() throws Exception {
    watched = new WatchedSession(TestKeyspace.session());
    store = TestKeyspace.shared().over(watched.session()).open();
  }

  @AfterEach
  void closeWatched() {
    store.close();
  }

  private static Flags keywords(int count, int length) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String word = "k" + i;
      words.add(word + "x".repeat(length - word.length()));
    }
    return Flags.ofBits(0, words);
  }

  @Test
  void manyLongKeywordsOfManyMessagesTakeMoreBatches() throws Exception {
    alice(store).create(BOX, Set.of());
    String[] many = new String[200];
    Arrays.fill(many, "Subject: many\r\n\r\n");
    append(store, INBOX, many);
    Mailbox inbox = open(store, INBOX);
    Flags words = keywords(120, 250);
    var stored = inbox.storeFlags(ALL, FlagChange.add(words), OptionalLong.empty());
    assertEquals(UidSet.range(1, 200), stored.changed());
    for (Row row : open(there, INBOX).list(ALL, LARGE, Set.of()).rows()) {
      assertEquals(stored.modSeq(), row.modSeq());
      assertEquals(120, row.flags().keywords().size());
    }
    inbox.copy(ALL, BOX);
    assertEquals(UidSet.range(1, 200), inbox.move(ALL, BOX).source());
    Mailbox box = open(there, BOX);
    assertEquals(400, box.snapshot().uids().size());
    assertEquals(
        120,
        box.list(UidSet.of(400), PageLimit.DEFAULT, Set.of())
            .rows()
            .get(0)
            .flags()
            .keywords()
            .size());
    System.out.println("largest batch: " + watched.largest());
  }

  @Test
  void aMailboxHasRoomForSoManyOctetsOfKeywords() throws Exception {
    append(store, INBOX, "Subject: one\r\n\r\n");
    Mailbox inbox = open(store, INBOX);
    FlagChange tooMuch = FlagChange.add(keywords(140, 250));
    StoreException refused =
        assertThrows(
            StoreException.class, () -> inbox.storeFlags(ALL, tooMuch, OptionalLong.empty()));
    assertEquals(Code.LIMIT, refused.code());
    inbox.storeFlags(ALL, FlagChange.add(keywords(120, 250)), OptionalLong.empty());
  }

  /** Every other UID of very many, and all keywords that there may be. */
  @Test
  void messagesThatDoNotFollowOneAnotherFit() throws Exception {
    append(store, INBOX, keywords(130, 250), "Subject: one\r\n\r\n");
    Boxes boxes = store.parts().boxes();
    String inbox = open(store, INBOX).info().id().value();
    UidSet.Builder every = UidSet.builder();
    for (int uid = 1; uid < 640_000; uid += 2) {
      every.add(uid);
    }
    UidSet uids = every.build();
    Draft draft = new Draft(boxes.messages, boxes.quiet(inbox));
    Flags seen = Flags.ofBits(1, List.of());
    draft.changed(uids);
    draft.box.intent = new Intent.Store(draft.modSeq(), FlagChange.add(seen), uids);
    assertTrue(boxes.decide(draft));
    System.out.println("largest batch: " + watched.largest());
    Box decided = there.parts().boxes().decided(inbox);
    assertEquals(draft.box.intent, decided.intent);
    assertEquals(
        uids, there.parts().history().between(decided, draft.box.modSeq, 1).get(0).changed());
  }
}
