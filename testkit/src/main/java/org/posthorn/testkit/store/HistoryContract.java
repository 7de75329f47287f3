package org.posthorn.testkit.store;

import static org.posthorn.store.MailboxName.INBOX;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.posthorn.store.MailboxName;

/** Random histories against a model that is too simple to be wrong. */
public interface HistoryContract extends ContractPart {
  int STEPS = 40;

  /** How many random histories are tried. */
  int histories();

  @Test
  default void anyHistoryLeavesWhatTheModelHas() throws Exception {
    for (int seed = 1; seed <= histories(); seed++) {
      List<MailboxName> names = new ArrayList<>(List.of(INBOX));
      for (String other : List.of("a", "b")) {
        names.add(tested().create("history " + seed + "/" + other));
      }
      RandomHistory history = new RandomHistory(tested(), names, seed);
      try {
        history.run(STEPS);
      } catch (AssertionError | Exception failed) {
        throw new AssertionError("seed " + seed + ", " + history, failed);
      }
    }
  }

  @Test
  default void anyHistoryOfNamesLeavesWhatTheModelHas() throws Exception {
    for (int seed = 1; seed <= histories(); seed++) {
      tested().createAccount("names" + seed);
      NamesHistory history = new NamesHistory(tested().openAccount("names" + seed), seed);
      try {
        history.run(STEPS);
      } catch (AssertionError | Exception failed) {
        throw new AssertionError("seed " + seed + ", " + history, failed);
      }
    }
  }
}
