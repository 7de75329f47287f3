package org.posthorn.testkit.store;

import org.junit.jupiter.api.Test;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Promise;

/**
 * COPY, MOVE and REPLACE within an account by a process that dies at each step of them in turn,
 * held to {@link Promise#ATOMIC_MOVE} where that is promised, else to lose nothing. A store that
 * promises it and DURABLE has to give {@link StoreContract#openCrashingStore}; one that keeps
 * nothing has nothing after a crash, and what others see meanwhile is checked by {@link
 * ConcurrencyContract}.
 */
public interface CrashContract extends ContractPart {
  private Crashes crashes() {
    return new Crashes(tested(), Promise.ATOMIC_MOVE);
  }

  @Test
  default void aCrashDuringAMoveLosesNothingAndKeepsThePromise() throws Exception {
    Crashes crashes = crashes();
    crashes.each(
        tested()::create,
        Crashes::move,
        scene -> {
          crashes.assertMoved(scene);
          crashes.assertMovedOnceMore(scene);
        });
  }

  @Test
  default void aMoveWithinAMailboxThatCrashesLosesNothing() throws Exception {
    Crashes crashes = crashes();
    crashes.each(
        tested()::create,
        (account, mailbox, uids, target) ->
            Crashes.move(account, mailbox, uids, mailbox.info().name()),
        crashes::assertMovedToItself);
  }

  @Test
  default void aCopyThatCrashesIsThereWholeOrNotAtAll() throws Exception {
    Crashes crashes = crashes();
    crashes.each(tested()::create, Crashes::copy, crashes::assertCopied);
  }

  @Test
  default void aReplaceThatCrashesLeavesTheOldMessageOrTheNewOne() throws Exception {
    Crashes crashes = crashes();
    crashes.each(
        tested()::create,
        Crashes::replace,
        scene -> {
          crashes.assertReplaced(scene);
          crashes.assertReplacedOnceMore(scene);
        });
  }

  @Test
  default void aReplaceWithinAMailboxThatCrashesLeavesTheOldMessageOrTheNewOne() throws Exception {
    Crashes crashes = crashes();
    crashes.each(
        path -> MailboxName.parse(path.replace("to", "from")),
        Crashes::replace,
        scene -> {
          crashes.assertReplaced(scene);
          crashes.assertReplacedOnceMore(scene);
        });
  }
}
