package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posthorn.testkit.store.TestedStore.ALICE;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.posthorn.store.Account;
import org.posthorn.store.Acl;
import org.posthorn.store.Acl.Mode;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Promise;
import org.posthorn.store.Rights;

/**
 * As {@link CrashContract}, to a mailbox of another account (RFC 4314), held to {@link
 * Promise#ATOMIC_ACROSS_ACCOUNTS} where that is promised, else to lose nothing.
 */
public interface AccountCrashContract extends ContractPart {
  String OWNER = "bob";

  private Crashes crashes() throws Exception {
    assumeTrue(tested().store().facets().contains(Acl.class), "the store has no Acl");
    tested().createAccount(OWNER);
    return new Crashes(tested(), Promise.ATOMIC_ACROSS_ACCOUNTS);
  }

  /** A mailbox of bob, with which alice may do all. */
  private MailboxName ofAnother(String path) throws Exception {
    Optional<Acl> acl = tested().store().facet(Acl.class);
    MailboxName name = MailboxName.parse(path);
    Identity owner = Identity.owner(OWNER);
    try (Account account = tested().store().open(owner)) {
      account.create(name, Set.of());
    }
    acl.orElseThrow().set(owner, name, ALICE, Mode.REPLACE, Rights.ALL);
    return TestedStore.seenBy(tested().account(), OWNER, name);
  }

  @Test
  default void aCrashDuringAMoveToAnotherAccountLosesNothingAndKeepsThePromise() throws Exception {
    crashes()
        .each(
            this::ofAnother,
            Crashes::move,
            scene -> {
              scene.assertMoved();
              scene.assertMovedOnceMore();
            });
  }

  @Test
  default void aCopyToAnotherAccountThatCrashesIsThereWholeOrNotAtAll() throws Exception {
    crashes().each(this::ofAnother, Crashes::copy, CrashScene::assertCopied);
  }

  @Test
  default void aReplaceInAnotherAccountThatCrashesLeavesTheOldMessageOrTheNewOne()
      throws Exception {
    crashes()
        .each(
            this::ofAnother,
            Crashes::replace,
            scene -> {
              scene.assertReplaced();
              scene.assertReplacedOnceMore();
            });
  }
}
