package org.posthorn.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AccountState;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;

/**
 * Removes what is kept no longer: messages of folders, and accounts that nobody uses. It has no
 * thread: whoever schedules things runs it now and then, on a thread that may block. A run that is
 * given up, or two at a time, do no harm. Thread-safe.
 */
public final class Retention {
  private static final int PAGE = 500;

  private final MailStore store;
  private final AccountDirectory directory;
  private final @Nullable AccountState state;
  private final List<FolderRule> rules;
  private final @Nullable Duration idle;
  private final Predicate<String> exempt;
  private final Clock clock;
  private final Consumer<RetentionEvent> events;

  /**
   * What a run came to.
   *
   * @param messages removed
   * @param accounts deleted
   * @param failures folders or accounts that could not be looked after
   */
  public record Result(long messages, long accounts, long failures) {}

  private Retention(Builder builder, AccountDirectory directory, @Nullable AccountState state) {
    this.store = builder.store;
    this.directory = directory;
    this.state = state;
    this.rules = List.copyOf(builder.rules);
    this.idle = builder.idle;
    this.exempt = builder.exempt;
    this.clock = builder.clock;
    this.events = builder.events;
  }

  public static Builder of(MailStore store) {
    return new Builder(store);
  }

  /**
   * Does what the rules say.
   *
   * @throws StoreException when the accounts cannot be listed
   */
  public Result run() throws StoreException {
    return look(false);
  }

  /** Changes nothing; the events and the result tell what {@link #run} would do now. */
  public Result dryRun() throws StoreException {
    return look(true);
  }

  private Result look(boolean dryRun) throws StoreException {
    Tally tally = new Tally(events);
    Instant now = clock.instant();
    if (idle != null && state != null) {
      new IdleAccounts(directory, state, exempt, dryRun, tally).delete(now.minus(idle));
    }
    if (!rules.isEmpty()) {
      FolderExpiry expiry = new FolderExpiry(store, rules, now, dryRun, tally);
      List<String> accounts = directory.list("", PAGE);
      while (!accounts.isEmpty()) {
        for (String account : accounts) {
          if (!exempt.test(account)) {
            expiry.account(account);
          }
        }
        accounts = directory.list(accounts.get(accounts.size() - 1), PAGE);
      }
    }
    return tally.result();
  }

  /** Counts what it passes on. */
  private static final class Tally implements Consumer<RetentionEvent> {
    private final Consumer<RetentionEvent> next;
    private long messages;
    private long accounts;
    private long failures;

    Tally(Consumer<RetentionEvent> next) {
      this.next = next;
    }

    @Override
    public void accept(RetentionEvent event) {
      if (event instanceof RetentionEvent.MessagesExpired expired) {
        messages += expired.messages();
      } else if (event instanceof RetentionEvent.AccountDeleted) {
        accounts++;
      } else if (event instanceof RetentionEvent.Failed) {
        failures++;
      }
      next.accept(event);
    }

    Result result() {
      return new Result(messages, accounts, failures);
    }
  }

  /** Collects rules. */
  public static final class Builder {
    private final MailStore store;
    private final List<FolderRule> rules = new ArrayList<>();
    private @Nullable Duration idle;
    private Predicate<String> exempt = account -> false;
    private Clock clock = Clock.systemUTC();
    private Consumer<RetentionEvent> events = event -> {};

    private Builder(MailStore store) {
      this.store = Objects.requireNonNull(store);
    }

    public Builder expire(FolderRule rule) {
      rules.add(rule);
      return this;
    }

    /**
     * Deletes accounts with all their mail when their owners have not looked at it for a time; none
     * unless set.
     */
    public Builder deleteIdle(Duration time) {
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException("accounts that are idle when they are made");
      }
      idle = time;
      return this;
    }

    /** Accounts to which no rule applies, such as that of the postmaster; none unless set. */
    public Builder except(Predicate<String> accounts) {
      exempt = accounts;
      return this;
    }

    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /** Who hears what is done, on the thread of the run. */
    public Builder events(Consumer<RetentionEvent> sink) {
      events = sink;
      return this;
    }

    /**
     * The rules, ready to run.
     *
     * @throws IllegalStateException when the store does not list its accounts, or, with {@link
     *     #deleteIdle}, does not know when owners looked
     */
    public Retention build() {
      AccountDirectory directory =
          store
              .facet(AccountDirectory.class)
              .orElseThrow(() -> new IllegalStateException("the store has no account directory"));
      AccountState state = store.facet(AccountState.class).orElse(null);
      if (idle != null && state == null) {
        throw new IllegalStateException("the store has no account state");
      }
      return new Retention(this, directory, state);
    }
  }
}
