package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.posthorn.testkit.store.TestedStore.ALICE;
import static org.posthorn.testkit.store.TestedStore.octets;
import static org.posthorn.testkit.store.TestedStore.read;
import static org.posthorn.testkit.store.TestedStore.write;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.CopyResult;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Promise;
import org.posthorn.store.Replaced;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Has a process make a call and die at each step of it in turn, until it lives to its end. What is
 * left each time is seen by the tested store: by one that lived beside it, or, where a store
 * promises that no other process changes mail, by the next one.
 */
final class Crashes {
  /** A call that takes more steps than this never ends. */
  private static final int MOST_STEPS = 300;

  static final List<String> MESSAGES =
      List.of("Subject: a\r\n\r\n", "Subject: b\r\n\r\nb\r\n", "Subject: c\r\n\r\nccc\r\n");

  private static final String NEW = "Subject: new\r\n\r\nin place of b\r\n";

  /** What the process does with mailboxes that it has opened. */
  interface Call {
    void run(Account account, Mailbox source, UidSet uids, MailboxName target)
        throws StoreException;
  }

  /** Makes the mailbox that messages go to and gives the name that alice has for it. */
  interface Target {
    MailboxName create(String path) throws Exception;
  }

  /** Looks at what is left. */
  interface Look {
    void at(Scene scene) throws Exception;
  }

  /**
   * What came of a call that may have died.
   *
   * @param finished whether it was acknowledged
   * @param left what is in the source, in the order of UIDs
   * @param came what is in the target
   */
  record Scene(
      int steps,
      MailboxName source,
      MailboxName target,
      UidSet uids,
      boolean finished,
      List<String> left,
      List<String> came) {
    String when() {
      return "after " + steps + " steps " + left + " is left, come is " + came;
    }
  }

  private final TestedStore tested;
  private final Promise promise;
  private @Nullable CrashingStore beside;

  /**
   * Of calls about which a store promises something.
   *
   * @param promise what a store that has it must be made to crash for
   */
  Crashes(TestedStore tested, Promise promise) {
    this.tested = tested;
    this.promise = promise;
  }

  static void copy(Account account, Mailbox source, UidSet uids, MailboxName target)
      throws StoreException {
    assertEquals(uids, source.copy(uids, target).source());
  }

  static void move(Account account, Mailbox source, UidSet uids, MailboxName target)
      throws StoreException {
    assertEquals(uids, source.move(uids, target).source());
  }

  /** The second message, by another one. */
  static void replace(Account account, Mailbox source, UidSet uids, MailboxName target)
      throws StoreException {
    try (AppendGroup group =
        account.beginAppend(target, Optional.of(new Replaced(source, uids.nth(1))))) {
      write(group, AppendSpec.plain(), octets(NEW));
      assertEquals(1, group.commit().uids().size());
    }
  }

  /** Dies at each step in turn. */
  void each(Target target, Call call, Look look) throws Exception {
    boolean finished = false;
    for (int steps = 0; !finished; steps++) {
      assertTrue(steps < MOST_STEPS, "it never ends");
      Scene scene = play(steps, target.create("to" + steps), call);
      look.at(scene);
      finished = scene.finished;
    }
  }

  private Scene play(int steps, MailboxName target, Call call) throws Exception {
    MailboxName source = tested.create("from" + steps);
    UidSet uids = tested.append(source, Flags.NONE, MESSAGES.toArray(new String[0])).uids();
    CrashingStore crashing = begin();
    boolean finished;
    try {
      finished = lives(crashing, steps, source, uids, target, call);
    } finally {
      goOn(crashing);
    }
    // Whoever comes next may look at either of the two first.
    List<String> first = contents(steps % 2 == 1 ? target : source);
    List<String> second = contents(steps % 2 == 1 ? source : target);
    return new Scene(
        steps,
        source,
        target,
        uids,
        finished,
        steps % 2 == 1 ? second : first,
        steps % 2 == 1 ? first : second);
  }

  private static boolean lives(
      CrashingStore crashing,
      int steps,
      MailboxName source,
      UidSet uids,
      MailboxName target,
      Call call)
      throws StoreException {
    Account account = crashing.store().open(Identity.owner(ALICE));
    Mailbox mailbox = account.open(source, Access.WRITE);
    mailbox.snapshot();
    account.open(target, Access.WRITE).snapshot();
    crashing.dieAfter(steps);
    try {
      call.run(account, mailbox, uids, target);
      return true;
    } catch (StoreException died) {
      return false;
    }
  }

  /**
   * No other process changes mail, so that the tested store is closed while another one is open.
   */
  private boolean isAlone() {
    return tested.promises().contains(Promise.HINTS_ALL);
  }

  private CrashingStore begin() throws Exception {
    if (isAlone()) {
      tested.leave();
      return crashing();
    }
    CrashingStore open = beside;
    if (open == null) {
      open = tested.keep(crashing());
      beside = open;
    }
    return open;
  }

  private void goOn(CrashingStore crashing) throws Exception {
    if (isAlone()) {
      crashing.close();
      tested.comeBack();
    } else {
      crashing.revive();
    }
  }

  private CrashingStore crashing() throws Exception {
    Optional<CrashingStore> crashing = tested.openCrashing();
    if (crashing.isPresent()) {
      return crashing.get();
    }
    return tested.promises().containsAll(Set.of(Promise.DURABLE, promise))
        ? fail(
            "the store promises DURABLE and "
                + promise
                + ": override openCrashingStore(), so that it can be held to them")
        : abort("the store cannot be made to crash, and does not promise what that would show");
  }

  /** The messages there, in the order of their UIDs. */
  private List<String> contents(MailboxName name) throws Exception {
    Mailbox mailbox = tested.open(name);
    List<String> contents = new ArrayList<>();
    for (long uid : mailbox.snapshot().uids().stream().toArray()) {
      contents.add(new String(read(mailbox, uid), StandardCharsets.UTF_8));
    }
    return contents;
  }

  private boolean isPromised() {
    return tested.promises().contains(promise);
  }

  private static List<String> both(List<String> some, List<String> others) {
    List<String> both = new ArrayList<>(some);
    both.addAll(others);
    both.sort(null);
    return both;
  }

  /** There whole or not at all. */
  void assertCopied(Scene scene) {
    assertEquals(MESSAGES, scene.left, scene.when());
    if (scene.finished || (isPromised() && !scene.came.isEmpty())) {
      assertEquals(MESSAGES, scene.came, scene.when());
    } else {
      List<String> more = new ArrayList<>(scene.came);
      MESSAGES.forEach(more::remove);
      assertEquals(List.of(), more, scene.when());
    }
  }

  /** In one of both mailboxes, or at least in one. */
  void assertMoved(Scene scene) {
    List<String> both = both(scene.left, scene.came);
    if (isPromised()) {
      assertEquals(MESSAGES, both, scene.when());
      assertTrue(scene.left.isEmpty() || scene.came.isEmpty(), scene.when());
    } else {
      assertTrue(both.containsAll(MESSAGES), scene.when());
    }
    if (scene.finished) {
      assertEquals(List.of(), scene.left, "what was acknowledged is not done");
    }
  }

  /** All of a mailbox to itself; they are there once, or at least once. */
  void assertMovedToItself(Scene scene) {
    assertEquals(List.of(), scene.came);
    if (isPromised()) {
      assertEquals(MESSAGES, both(scene.left, List.of()), scene.when());
    } else {
      assertTrue(scene.left.containsAll(MESSAGES), scene.when());
    }
  }

  /** Whoever asked for it and heard nothing asks again. */
  void assertMovedOnceMore(Scene scene) throws Exception {
    Mailbox source = tested.open(scene.source);
    CopyResult again = source.move(scene.uids, scene.target);
    assertEquals(scene.uids, again.source().union(again.gone()));
    assertTrue(source.snapshot().uids().isEmpty(), scene.when());
    List<String> came = contents(scene.target);
    if (isPromised()) {
      assertEquals(MESSAGES, both(came, List.of()), scene.when());
    } else {
      assertTrue(came.containsAll(MESSAGES), scene.when() + ", once more only " + came);
    }
  }

  /** The old message or the new one is there, or at least one of them; the others stay. */
  void assertReplaced(Scene scene) {
    boolean old = scene.left.contains(MESSAGES.get(1));
    boolean fresh = scene.came.contains(NEW);
    assertTrue(scene.left.containsAll(List.of(MESSAGES.get(0), MESSAGES.get(2))), scene.when());
    assertTrue(old || fresh, scene.when());
    assertTrue(!old || !fresh || !isPromised(), scene.when());
    if (scene.finished) {
      assertTrue(fresh && !old, "what was acknowledged is not done: " + scene.when());
    }
  }

  /** As {@link #assertMovedOnceMore}, where the old message is still there. */
  void assertReplacedOnceMore(Scene scene) throws Exception {
    if (scene.left.contains(MESSAGES.get(1))) {
      replace(tested.account(), tested.open(scene.source), scene.uids, scene.target);
      List<String> came = contents(scene.target);
      assertTrue(came.remove(NEW), scene.when());
      assertTrue(!came.contains(NEW) || !isPromised(), scene.when() + ", once more " + came);
    }
  }
}
