package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posthorn.store.MailboxName.INBOX;
import static org.posthorn.testkit.store.TestedStore.noise;
import static org.posthorn.testkit.store.TestedStore.read;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Promise;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** {@link Promise#HELD_BODIES}. */
public interface HeldBodyContract extends ContractPart {
  /** More than a store reads ahead. */
  int OCTETS = 150_000;

  private void require() {
    assumeTrue(
        tested().promises().contains(Promise.HELD_BODIES),
        "the store does not promise HELD_BODIES");
  }

  private long append(byte[] message) throws StoreException {
    try (AppendGroup group = tested().account().beginAppend(INBOX, Optional.empty())) {
      TestedStore.write(group, AppendSpec.plain(), message);
      return group.commit().uids().first();
    }
  }

  @Test
  default void whatIsOpenIsReadToItsEndAfterTheMessageWent() throws Exception {
    require();
    byte[] message = noise(OCTETS, 10);
    long uid = append(message);
    Mailbox inbox = tested().open(INBOX);
    MessageContent content = tested().keep(inbox.content(uid));
    content.read(0, ByteBuffer.allocate(100));
    inbox.remove(UidSet.of(uid));
    // Whoever writes next may free what nobody needs.
    tested().append(INBOX);
    assertArrayEquals(message, read(content));
  }

  @Test
  default void whatIsOpenedWhileAnotherExpungesIsReadToItsEnd() throws Exception {
    require();
    Mailbox readers = tested().open(INBOX);
    Mailbox removers = tested().open(INBOX);
    Random random = new Random(5);
    long usual = 1_000_000;
    try (Crew crew = new Crew()) {
      for (int round = 0; round < 100; round++) {
        byte[] message = noise(OCTETS, round);
        long uid = append(message);
        long delay = (long) (random.nextDouble() * 1.2 * usual);
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Future<Boolean> reader =
            crew.start(
                () -> {
                  long start = System.nanoTime();
                  begun.countDown();
                  while (System.nanoTime() - start < delay) {
                    Thread.onSpinWait();
                  }
                  return readsAll(readers, uid, gone, message);
                });
        begun.await();
        long start = System.nanoTime();
        try {
          removers.remove(UidSet.of(uid));
        } finally {
          gone.countDown();
        }
        usual = System.nanoTime() - start;
        Crew.join(reader);
      }
    }
  }

  /** False when the message was gone before it was opened. */
  private static boolean readsAll(Mailbox mailbox, long uid, CountDownLatch gone, byte[] message)
      throws Exception {
    MessageContent opened;
    try {
      opened = mailbox.content(uid);
    } catch (StoreException late) {
      assertEquals(Code.EXPUNGED, late.code());
      return false;
    }
    try (MessageContent content = opened) {
      gone.await();
      assertArrayEquals(message, read(content));
      return true;
    }
  }
}
