package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.posthorn.testkit.store.TestedStore.ALICE;
import static org.posthorn.testkit.store.TestedStore.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.CopyResult;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Promise;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * COPY and MOVE by a process that dies at each step of them in turn, where {@link
 * StoreContract#openCrashingStore} is given. What is left is seen by another one that goes on.
 */
public interface CrashContract extends ContractPart {
  /** One that takes more steps than this never ends. */
  int MOST_STEPS = 300;

  List<String> MESSAGES =
      List.of("Subject: a\r\n\r\n", "Subject: b\r\n\r\nb\r\n", "Subject: c\r\n\r\nccc\r\n");

  /** What a process does before it dies. */
  interface Transfer {
    CopyResult run(Mailbox source, UidSet uids, MailboxName target) throws StoreException;
  }

  /** Two mailboxes and what came of a call that may have died. */
  record Scene(MailboxName source, MailboxName target, UidSet uids, boolean finished) {}

  private CrashingStore crashing() throws Exception {
    Optional<CrashingStore> crashing = tested().openCrashing();
    return crashing.isPresent()
        ? tested().keep(crashing.get())
        : abort("the store cannot be made to crash");
  }

  private Scene play(CrashingStore crashing, int steps, Transfer transfer) throws Exception {
    MailboxName source = tested().create("from" + steps);
    MailboxName target = tested().create("to" + steps);
    UidSet uids = tested().append(source, Flags.NONE, MESSAGES.toArray(new String[0])).uids();
    boolean finished = false;
    Account account = crashing.store().open(Identity.owner(ALICE));
    Mailbox mailbox = account.open(source, Access.WRITE);
    mailbox.snapshot();
    account.open(target, Access.WRITE).snapshot();
    crashing.dieAfter(steps);
    try {
      CopyResult result = transfer.run(mailbox, uids, target);
      assertEquals(uids, result.source());
      finished = true;
    } catch (StoreException died) {
      assertTrue(steps < MOST_STEPS, "it never ends");
    }
    crashing.revive();
    return new Scene(source, target, uids, finished);
  }

  /** The messages there, in the order of their UIDs. */
  private List<String> contents(MailboxName name) throws Exception {
    Mailbox mailbox = tested().open(name);
    List<String> contents = new ArrayList<>();
    for (long uid : mailbox.snapshot().uids().stream().toArray()) {
      contents.add(new String(read(mailbox, uid), StandardCharsets.UTF_8));
    }
    return contents;
  }

  private static List<String> both(List<String> some, List<String> others) {
    List<String> both = new ArrayList<>(some);
    both.addAll(others);
    both.sort(null);
    return both;
  }

  private void assertMoved(int steps, Scene scene) throws Exception {
    String when = "after " + steps + " steps ";
    // Whoever comes next may look at either of the two first.
    if (steps % 2 == 1) {
      contents(scene.target());
    }
    List<String> left = contents(scene.source());
    List<String> came = contents(scene.target());
    if (tested().promises().contains(Promise.ATOMIC_MOVE)) {
      assertEquals(MESSAGES, both(left, came), when + left + " is left, come is " + came);
      assertTrue(left.isEmpty() || came.isEmpty(), when + "some came and some are left");
    } else {
      assertTrue(both(left, came).containsAll(MESSAGES), when + "only " + left + " and " + came);
    }
    if (scene.finished()) {
      assertEquals(List.of(), left, "what was acknowledged is not done");
    }
  }

  /** Whoever asked for it and heard nothing asks again. */
  private void assertRepeated(int steps, Scene scene) throws Exception {
    Mailbox source = tested().open(scene.source());
    CopyResult again = source.move(scene.uids(), scene.target());
    assertEquals(scene.uids(), again.source().union(again.gone()));
    assertTrue(source.snapshot().uids().isEmpty(), "after " + steps + " steps");
    List<String> came = contents(scene.target());
    if (tested().promises().contains(Promise.ATOMIC_MOVE)) {
      assertEquals(MESSAGES, both(came, List.of()), "after " + steps + " steps and once more");
    } else {
      assertTrue(came.containsAll(MESSAGES), "after " + steps + " steps only " + came);
    }
  }

  @Test
  default void aCrashDuringAMoveLosesNothingAndKeepsThePromise() throws Exception {
    CrashingStore crashing = crashing();
    boolean finished = false;
    for (int steps = 0; !finished; steps++) {
      Scene scene = play(crashing, steps, Mailbox::move);
      assertMoved(steps, scene);
      assertRepeated(steps, scene);
      finished = scene.finished();
    }
  }

  @Test
  default void aMoveWithinAMailboxThatCrashesLosesNothing() throws Exception {
    CrashingStore crashing = crashing();
    boolean finished = false;
    for (int steps = 0; !finished; steps++) {
      Scene scene =
          play(
              crashing,
              steps,
              (mailbox, uids, target) -> mailbox.move(uids, mailbox.info().name()));
      finished = scene.finished();
      List<String> there = contents(scene.source());
      if (tested().promises().contains(Promise.ATOMIC_MOVE)) {
        assertEquals(MESSAGES, both(there, List.of()), "after " + steps + " steps");
      } else {
        assertTrue(there.containsAll(MESSAGES), "after " + steps + " steps only " + there);
      }
    }
  }

  @Test
  default void aCopyThatCrashesIsThereWholeOrNotAtAll() throws Exception {
    CrashingStore crashing = crashing();
    boolean finished = false;
    for (int steps = 0; !finished; steps++) {
      Scene scene = play(crashing, steps, Mailbox::copy);
      finished = scene.finished();
      assertEquals(MESSAGES, contents(scene.source()));
      List<String> copies = contents(scene.target());
      if (scene.finished() || !copies.isEmpty()) {
        assertEquals(MESSAGES, copies, "after " + steps + " steps");
      }
    }
  }
}
