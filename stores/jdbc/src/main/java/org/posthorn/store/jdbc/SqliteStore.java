package org.posthorn.store.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.DirectoryLock;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Promise;
import org.posthorn.store.StoreException;

/**
 * Mail in SQLite files: one for each account, and a small one for what accounts share. Survives the
 * death of the process and, as far as the disk keeps what it says it has written, of the machine.
 * One process uses a directory at a time. Thread-safe.
 */
public final class SqliteStore implements MailStore {
  private final @Nullable DirectoryLock lock;
  private final JdbcStore mail;

  private SqliteStore(Builder builder) throws StoreException {
    DirectoryLock taken = builder.readOnly ? null : DirectoryLock.take(builder.directory);
    JdbcStore opened = null;
    try {
      Settings settings = builder.settings(Duration.ZERO);
      Engine engine =
          new SqliteEngine(
              builder.directory,
              settings,
              builder.readersPerAccount,
              builder.accountOctets,
              builder.readOnly,
              UnaryOperator.identity());
      opened = JdbcStore.open(engine, settings);
    } finally {
      if (opened == null && taken != null) {
        taken.close();
      }
    }
    this.lock = taken;
    this.mail = opened;
  }

  /** What is needed is a directory; it is created where it is missing. */
  public static Builder in(Path directory) {
    return new Builder(directory);
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

  /** SQLite waits for the disk in its own code. */
  @Override
  public boolean blocksInNativeCode() {
    return true;
  }

  /**
   * Beside the process that has the directory nobody hears of its changes or keeps it from them.
   */
  @Override
  public Set<Promise> promises() {
    Set<Promise> promises = EnumSet.copyOf(mail.promises());
    if (lock != null) {
      promises.add(Promise.HINTS_ALL);
    } else {
      promises.remove(Promise.HELD_BODIES);
    }
    return promises;
  }

  /**
   * Looks through all of an account: SQLite's own check, and whether counters, references and the
   * history agree with the messages.
   *
   * @return what is wrong, a line each; empty when nothing is
   * @throws StoreException NONEXISTENT
   */
  public List<String> check(String account) throws StoreException {
    return mail.check(account, IntegrityCheck::ofFile);
  }

  /** Account files that are open now. */
  int openFiles() {
    return mail.openCount();
  }

  @Override
  public synchronized void close() throws StoreException {
    try {
      mail.close();
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }

  /** How a store is to be. */
  public static final class Builder extends JdbcOptions<Builder> {
    private static final int OPEN_FILES = 64;
    private final Path directory;
    private int readersPerAccount = 4;
    private long accountOctets;
    private boolean readOnly;

    private Builder(Path directory) {
      super(OPEN_FILES);
      this.directory = directory;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Calls that read one account at the same moment, 1 or more; others wait for them. 4 by
     * default.
     */
    public Builder readersPerAccount(int count) {
      this.readersPerAccount = atLeast(1, count);
      return this;
    }

    /**
     * Octets of the file of one account; 0, the default, for as many as the disk has. A full file
     * refuses with NO_SPACE, as a full disk does. This guards the disk; a quota is what users are
     * told of.
     */
    public Builder accountOctets(long limit) {
      if (limit < 0) {
        throw new IllegalArgumentException("octets " + limit);
      }
      this.accountOctets = limit;
      return this;
    }

    /**
     * Only looks, beside the process that has the directory: backups and exports are made of a
     * store in use. Each call sees one state; what is expunged meanwhile is EXPUNGED, and every
     * change is refused with READ_ONLY. The directory has to be there, of the format of this
     * release.
     */
    public Builder readOnly() {
      this.readOnly = true;
      return this;
    }

    /** Opens the store; it is to be closed in the end. */
    public SqliteStore open() throws StoreException {
      return new SqliteStore(this);
    }
  }
}
