package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.posthorn.testkit.store.TestedStore.ALICE;
import static org.posthorn.testkit.store.TestedStore.octets;
import static org.posthorn.testkit.store.TestedStore.write;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
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

  static final String NEW = "Subject: new\r\n\r\nin place of b\r\n";

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
    void at(CrashScene scene) throws Exception;
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
      CrashScene scene = play(steps, target.create("to" + steps), call);
      look.at(scene);
      finished = scene.finished();
    }
  }

  private CrashScene play(int steps, MailboxName target, Call call) throws Exception {
    MailboxName source = tested.create("from" + steps);
    UidSet uids = tested.append(source, Flags.NONE, MESSAGES.toArray(new String[0])).uids();
    CrashingStore crashing = begin();
    boolean finished;
    try {
      finished = lives(crashing, steps, source, uids, target, call);
    } finally {
      goOn(crashing);
    }
    boolean promised = tested.promises().contains(promise);
    return CrashScene.of(tested, promised, steps, source, target, uids, finished);
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
}
