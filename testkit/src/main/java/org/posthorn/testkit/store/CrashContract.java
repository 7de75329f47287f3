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
    crashes()
        .each(
            tested()::create,
            Crashes::move,
            scene -> {
              scene.assertMoved();
              scene.assertMovedOnceMore();
            });
  }

  @Test
  default void aMoveWithinAMailboxThatCrashesLosesNothing() throws Exception {
    crashes()
        .each(
            tested()::create,
            (account, mailbox, uids, target) ->
                Crashes.move(account, mailbox, uids, mailbox.info().name()),
            CrashScene::assertMovedToItself);
  }

  @Test
  default void aCopyThatCrashesIsThereWholeOrNotAtAll() throws Exception {
    crashes().each(tested()::create, Crashes::copy, CrashScene::assertCopied);
  }

  @Test
  default void aReplaceThatCrashesLeavesTheOldMessageOrTheNewOne() throws Exception {
    crashes()
        .each(
            tested()::create,
            Crashes::replace,
            scene -> {
              scene.assertReplaced();
              scene.assertReplacedOnceMore();
            });
  }

  @Test
  default void aReplaceWithinAMailboxThatCrashesLeavesTheOldMessageOrTheNewOne() throws Exception {
    crashes()
        .each(
            path -> MailboxName.parse(path.replace("to", "from")),
            Crashes::replace,
            scene -> {
              scene.assertReplaced();
              scene.assertReplacedOnceMore();
            });
  }
}
