package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posthorn.testkit.store.TestedStore.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.CopyResult;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.UidSet;

/**
 * What a call left that may have died, and what is right about it.
 *
 * @param promised whether the store promises that the call is atomic
 * @param finished whether it was acknowledged
 * @param left what is in the source, in the order of UIDs
 * @param came what is in the target
 */
record CrashScene(
    TestedStore tested,
    boolean promised,
    int steps,
    MailboxName source,
    MailboxName target,
    UidSet uids,
    boolean finished,
    List<String> left,
    List<String> came) {

  /** Looks; at the one mailbox first or at the other, as whoever comes next may. */
  static CrashScene of(
      TestedStore tested,
      boolean promised,
      int steps,
      MailboxName source,
      MailboxName target,
      UidSet uids,
      boolean finished)
      throws Exception {
    if (steps % 2 == 1) {
      // What it says is too old where the next look finishes the move.
      contents(tested, target);
    }
    List<String> left = contents(tested, source);
    return new CrashScene(
        tested, promised, steps, source, target, uids, finished, left, contents(tested, target));
  }

  /** The messages there, in the order of their UIDs. */
  private static List<String> contents(TestedStore tested, MailboxName name) throws Exception {
    Mailbox mailbox = tested.open(name);
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

  private String when() {
    return "after " + steps + " steps " + left + " is left, come is " + came;
  }

  /** There whole or not at all. */
  void assertCopied() {
    assertEquals(Crashes.MESSAGES, left, when());
    if (finished || (promised && !came.isEmpty())) {
      assertEquals(Crashes.MESSAGES, came, when());
    } else {
      List<String> more = new ArrayList<>(came);
      Crashes.MESSAGES.forEach(more::remove);
      assertEquals(List.of(), more, when());
    }
  }

  /** In one of both mailboxes, or at least in one. */
  void assertMoved() {
    List<String> both = both(left, came);
    if (promised) {
      assertEquals(Crashes.MESSAGES, both, when());
      assertTrue(left.isEmpty() || came.isEmpty(), when());
    } else {
      assertTrue(both.containsAll(Crashes.MESSAGES), when());
    }
    if (finished) {
      assertEquals(List.of(), left, "what was acknowledged is not done");
    }
  }

  /** All of a mailbox to itself; they are there once, or at least once. */
  void assertMovedToItself() {
    assertEquals(List.of(), came);
    if (promised) {
      assertEquals(Crashes.MESSAGES, both(left, List.of()), when());
    } else {
      assertTrue(left.containsAll(Crashes.MESSAGES), when());
    }
  }

  /** Whoever asked for it and heard nothing asks again. */
  void assertMovedOnceMore() throws Exception {
    Mailbox mailbox = tested.open(source);
    CopyResult again = mailbox.move(uids, target);
    assertEquals(uids, again.source().union(again.gone()));
    assertTrue(mailbox.snapshot().uids().isEmpty(), when());
    List<String> now = contents(tested, target);
    if (promised) {
      assertEquals(Crashes.MESSAGES, both(now, List.of()), when());
    } else {
      assertTrue(now.containsAll(Crashes.MESSAGES), when() + ", once more only " + now);
    }
  }

  /** The old message or the new one is there, or at least one of them; the others stay. */
  void assertReplaced() {
    boolean old = left.contains(Crashes.MESSAGES.get(1));
    boolean fresh = came.contains(Crashes.NEW);
    assertTrue(left.containsAll(List.of(Crashes.MESSAGES.get(0), Crashes.MESSAGES.get(2))), when());
    assertTrue(old || fresh, when());
    assertTrue(!old || !fresh || !promised, when());
    if (finished) {
      assertTrue(fresh && !old, "what was acknowledged is not done: " + when());
    }
  }

  /** As {@link #assertMovedOnceMore}, where the old message is still there. */
  void assertReplacedOnceMore() throws Exception {
    if (left.contains(Crashes.MESSAGES.get(1))) {
      Crashes.replace(tested.account(), tested.open(source), uids, target);
      List<String> now = contents(tested, target);
      assertTrue(now.remove(Crashes.NEW), when());
      assertTrue(!now.contains(Crashes.NEW) || !promised, when() + ", once more " + now);
    }
  }
}
