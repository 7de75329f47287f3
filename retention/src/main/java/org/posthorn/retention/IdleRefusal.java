package org.posthorn.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.posthorn.delivery.AccountPolicy;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.AccountState;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;

/**
 * Refuses mail for accounts whose owners have not looked at theirs for some time: 550 5.2.1 at
 * RCPT. It is taken again as soon as they do. Thread-safe.
 */
public final class IdleRefusal implements AccountPolicy {
  private static final Verdict REFUSAL =
      new Verdict(550, "5.2.1", "Mailbox disabled: nobody has read its mail for a long time");

  private final AccountState state;
  private final Duration idle;
  private final Clock clock;
  private final Predicate<String> exempt;
  private final boolean dryRun;
  private final Consumer<RetentionEvent> events;

  private IdleRefusal(
      AccountState state,
      Duration idle,
      Clock clock,
      Predicate<String> exempt,
      boolean dryRun,
      Consumer<RetentionEvent> events) {
    if (idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException("accounts that are idle when they are made");
    }
    this.state = state;
    this.idle = idle;
    this.clock = clock;
    this.exempt = exempt;
    this.dryRun = dryRun;
    this.events = events;
  }

  /**
   * Refuses after a time without retrieval.
   *
   * @throws IllegalStateException when the store does not know when owners looked
   */
  public static IdleRefusal after(Duration idle, MailStore store, Clock clock) {
    AccountState state =
        store
            .facet(AccountState.class)
            .orElseThrow(() -> new IllegalStateException("the store has no account state"));
    return new IdleRefusal(state, idle, clock, account -> false, false, event -> {});
  }

  /** Accounts that take mail for ever. */
  public IdleRefusal except(Predicate<String> accounts) {
    return new IdleRefusal(state, idle, clock, accounts, dryRun, events);
  }

  /** Who hears of each refusal; thread-safe and quick. */
  public IdleRefusal events(Consumer<RetentionEvent> sink) {
    return new IdleRefusal(state, idle, clock, exempt, dryRun, sink);
  }

  /** Refuses nothing and only tells what it would. */
  public IdleRefusal dryRun() {
    return new IdleRefusal(state, idle, clock, exempt, true, events);
  }

  @Override
  public Optional<Verdict> refusal(SmtpPeer peer, ReversePath sender, String account)
      throws StoreException {
    Instant last;
    try {
      last = state.life(account).lastRetrieval();
    } catch (StoreException e) {
      if (e.code() == StoreException.Code.NONEXISTENT) {
        return Optional.empty(); // whoever delivers says so
      }
      throw e;
    }
    if (exempt.test(account) || !last.isBefore(clock.instant().minus(idle))) {
      return Optional.empty();
    }
    events.accept(new RetentionEvent.DeliveryRefused(account, last, dryRun));
    return dryRun ? Optional.empty() : Optional.of(REFUSAL);
  }
}
