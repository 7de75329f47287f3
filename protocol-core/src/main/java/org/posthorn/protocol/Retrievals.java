package org.posthorn.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.posthorn.store.AccountState;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;

/**
 * Tells a store with the facet {@link AccountState} when owners look at their mail, at most once in
 * {@link #INTERVAL} for each account, of so many accounts as there is room for. Thread-safe.
 */
public final class Retrievals {
  /** What comes sooner than this after the last time told is passed over. */
  public static final Duration INTERVAL = Duration.ofMinutes(10);

  private static final int ACCOUNTS = 20_000;

  private final MailStore store;
  private final Map<String, Instant> told =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > ACCOUNTS;
        }
      };

  public Retrievals(MailStore store) {
    this.store = store;
  }

  /**
   * A call by which somebody looks at mail; when the store is to be told, it is on the call's lane
   * and before it. Who is not the owner does not count.
   */
  public <R> StoreCall<R> with(StoreCall<R> call, Identity who, Instant now) {
    boolean owner = who.role() == Role.OWNER && who.account().equals(who.authenticatedAs());
    if (!owner || !asksStore(call.lane()) || !isDue(who.account(), now)) {
      return call;
    }
    AccountState state = store.facet(AccountState.class).orElse(null);
    return state == null ? call : new Noting<>(call, state, who.account(), now);
  }

  private record Noting<R>(StoreCall<R> call, AccountState state, String account, Instant now)
      implements StoreCall<R> {
    @Override
    public R invoke(CallContext context) throws StoreException {
      try {
        state.retrieved(account, now);
      } catch (StoreException e) {
        // A date that is late does less harm than mail that cannot be read, and the next turn tells
        // it.
        if (!e.code().refusesOnlyChanges() && e.code() != StoreException.Code.UNAVAILABLE) {
          throw e;
        }
      }
      return call.invoke(context);
    }
  }

  private static boolean asksStore(Lane lane) {
    return lane == Lane.BLOCKING || lane == Lane.STORE;
  }

  private synchronized boolean isDue(String account, Instant now) {
    Instant last = told.get(account);
    if (last != null && now.isBefore(last.plus(INTERVAL))) {
      return false;
    }
    told.put(account, now);
    return true;
  }
}
