package org.posthorn.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AccountState;
import org.posthorn.store.StoreException;

/** Deletes accounts whose owners have not looked at their mail for a long time. */
final class IdleAccounts {
  private static final int PAGE = 500;

  private final AccountDirectory directory;
  private final AccountState state;
  private final Predicate<String> exempt;
  private final boolean dryRun;
  private final Consumer<RetentionEvent> events;

  IdleAccounts(
      AccountDirectory directory,
      AccountState state,
      Predicate<String> exempt,
      boolean dryRun,
      Consumer<RetentionEvent> events) {
    this.directory = directory;
    this.state = state;
    this.exempt = exempt;
    this.dryRun = dryRun;
    this.events = events;
  }

  void delete(Instant before) throws StoreException {
    String after = "";
    List<String> idle = state.idleSince(before, after, PAGE);
    while (!idle.isEmpty()) {
      for (String account : idle) {
        if (!exempt.test(account)) {
          delete(account, before);
        }
      }
      after = idle.get(idle.size() - 1);
      idle = state.idleSince(before, after, PAGE);
    }
  }

  private void delete(String account, Instant before) {
    try {
      // The owner may have come back since the list was made.
      Instant last = state.life(account).lastRetrieval();
      if (last.isBefore(before) && (dryRun || directory.delete(account))) {
        events.accept(new RetentionEvent.AccountDeleted(account, last, dryRun));
      }
    } catch (StoreException | RuntimeException e) {
      StoreException told = StoreException.of(e);
      if (told.code() != StoreException.Code.NONEXISTENT) {
        events.accept(new RetentionEvent.Failed(account, Optional.empty(), told));
      }
    }
  }
}
