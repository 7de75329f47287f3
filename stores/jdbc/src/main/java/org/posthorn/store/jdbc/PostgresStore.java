package org.posthorn.store.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Promise;
import org.posthorn.store.StoreException;
import org.posthorn.store.support.HintBus;

/**
 * Mail in a PostgreSQL database, version 14 or newer. Several processes may use one database at the
 * same time; each hears of what the others change. Needs HikariCP, Flyway and the JDBC driver
 * beside it. Thread-safe.
 */
public final class PostgresStore implements MailStore {
  private final PgEngine engine;
  private final JdbcStore mail;

  private PostgresStore(Builder builder) throws StoreException {
    Settings settings = builder.settings(builder.freeAfter);
    this.engine =
        PgEngine.connect(
            builder.address, settings, builder.patience, builder.readers, builder.writers);
    this.mail = JdbcStore.open(engine, settings);
    boolean listening = false;
    try {
      engine.hints().start(new Ear());
      mail.countInSharedRoots();
      listening = true;
    } finally {
      if (!listening) {
        mail.close();
      }
    }
  }

  /**
   * Names the database; it has to be there, the tables are made.
   *
   * @param address {@code postgresql://user:password@host:port/database}, options of the JDBC
   *     driver after a question mark; its {@code loginTimeout}, in seconds, is also how long a call
   *     waits for a connection before it ends with UNAVAILABLE, 5 where it is not given
   * @throws IllegalArgumentException when it is none
   */
  public static Builder at(String address) {
    return new Builder(PgAddress.parse(address));
  }

  private final class Ear implements HintBus.Ear {
    @Override
    public void heard(String account, MailboxId id, MailboxName name) {
      if (News.isOfLimits(account)) {
        rereadLimits();
      } else if (News.isOfNewAccount(id)) {
        bringQuotasUpToDate(() -> mail.countInSharedRoots(Long.parseLong(account)));
      } else {
        @Nullable AccountMail known = mail.accounts().known(Long.parseLong(account));
        if (known != null) {
          known.hints.heard(id, name);
        }
      }
    }

    @Override
    public void mayHaveMissed() {
      rereadLimits();
      bringQuotasUpToDate(mail::countInSharedRoots);
      for (AccountMail account : mail.accounts().known()) {
        account.hints.heardOfAll(account);
      }
    }
  }

  private void rereadLimits() {
    bringQuotasUpToDate(mail::rereadLimits);
  }

  private interface Update {
    void run() throws StoreException;
  }

  /** Where this fails the connection for hints is gone too, and it is done again with the next. */
  private static void bringQuotasUpToDate(Update update) {
    try {
      update.run();
    } catch (StoreException e) {
      System.getLogger(PostgresStore.class.getName())
          .log(System.Logger.Level.WARNING, "quotas could not be brought up to date", e);
    }
  }

  @Override
  public Account open(Identity who) throws StoreException {
    return mail.open(who);
  }

  @Override
  public Set<Class<?>> facets() {
    return mail.facets();
  }

  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return mail.facet(type);
  }

  @Override
  public Set<Promise> promises() {
    return mail.promises();
  }

  /**
   * Looks through all of an account: whether counters, references and the history agree with the
   * messages.
   *
   * @return what is wrong, a line each; empty when nothing is
   * @throws StoreException NONEXISTENT
   */
  public List<String> check(String account) throws StoreException {
    return mail.check(account, IntegrityCheck::ofAccount);
  }

  @Override
  public void close() throws StoreException {
    mail.close();
  }

  /** How a store is to be. */
  public static final class Builder extends JdbcOptions<Builder> {
    private static final int REMEMBERED_ACCOUNTS = 4_096;
    private final PgAddress address;
    private int readers = 8;
    private int writers = 8;
    private Duration freeAfter = Duration.ofHours(1);
    private Duration patience = Duration.ofMinutes(1);

    private Builder(PgAddress address) {
      super(REMEMBERED_ACCOUNTS);
      this.address = address;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Connections to the database at most, 1 or more of each kind; 8 and 8 by default. One more is
     * used for hints.
     */
    public Builder connections(int mostReaders, int mostWriters) {
      this.readers = atLeast(1, mostReaders);
      this.writers = atLeast(1, mostWriters);
      return this;
    }

    /**
     * How long the octets of an expunged message stay, so that other processes can finish reading
     * them; those of a message on its way in are kept as long too. An hour by default.
     */
    public Builder freeAfter(Duration time) {
      this.freeAfter = time;
      return this;
    }

    /**
     * How long a change waits for its turn while others of this process change the same account,
     * which may hang in the network; then it is refused with UNAVAILABLE. A minute by default.
     */
    public Builder patience(Duration time) {
      this.patience = time;
      return this;
    }

    /** Opens the store; it is to be closed in the end. */
    public PostgresStore open() throws StoreException {
      return new PostgresStore(this);
    }
  }
}
