package org.posthorn.store.memory.faulty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.posthorn.store.MailStore;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.store.ContractCheck;
import org.posthorn.testkit.store.ContractCheck.Outcome;
import org.posthorn.testkit.store.StoreContract;

/** Who promises what only a crash or a restart can show has to be made to crash and restart. */
class MissingHooksTest {
  private abstract static class Small extends StoreContract {
    @Override
    public int largeMailbox() {
      return 100;
    }
  }

  /** Promises everything and cannot be opened again. */
  private static final class Unopenable extends Small {
    @Override
    protected MailStore openStore() {
      return new Keeping(MemoryStore.withAccounts());
    }
  }

  /** Promises everything and cannot be made to crash. */
  private static final class Uncrashable extends Small {
    private final MailStore store = new Keeping(MemoryStore.withAccounts());

    @Override
    protected MailStore openStore() {
      return store;
    }

    @Override
    protected Optional<MailStore> reopenStore() {
      return Optional.of(store);
    }
  }

  /** Keeps nothing, and says so. */
  private static final class Forgetful extends Small {
    @Override
    protected MailStore openStore() {
      return MemoryStore.withAccounts();
    }
  }

  private static List<ContractCheck> checks(String part) {
    List<ContractCheck> checks =
        ContractCheck.all().stream().filter(check -> check.part().equals(part)).toList();
    assertTrue(checks.size() > 2, part + " has only " + checks);
    return checks;
  }

  private static void assertAsksFor(String hook, Outcome outcome) {
    assertTrue(outcome.isFound() && String.valueOf(outcome.why()).contains(hook), "" + outcome);
  }

  @Test
  void whoPromisesToBeDurableHasToBeOpenedAgain() {
    for (ContractCheck check : checks("Durability")) {
      assertAsksFor("override reopenStore()", check.run(new Unopenable()));
    }
  }

  @Test
  void whoPromisesWhatACrashLeavesHasToCrash() {
    for (String part : List.of("Crash", "AccountCrash")) {
      for (ContractCheck check : checks(part)) {
        assertAsksFor("override openCrashingStore()", check.run(new Uncrashable()));
      }
    }
  }

  @Test
  void whoKeepsNothingIsNotAsked() {
    for (String part : List.of("Durability", "Crash", "AccountCrash")) {
      for (ContractCheck check : checks(part)) {
        assertEquals(Outcome.Status.SKIPPED, check.run(new Forgetful()).status(), "" + check);
      }
    }
  }
}
