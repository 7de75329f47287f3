package org.posthorn.delivery.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.delivery.Spool;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.Transaction;
import org.posthorn.store.StoreException;

/**
 * Has mail checked before another handler gets it: one checker after the other, each sees what the
 * one before left. The client waits for them all. Thread-safe and immutable.
 */
public final class CheckedHandler implements MailHandler {
  private final MailHandler next;
  private final List<Checker> checkers;
  private final Quarantine quarantine;
  private final Path spoolDirectory;
  private final int spoolMemory;

  private CheckedHandler(Builder builder) {
    next = builder.next;
    checkers = List.copyOf(builder.checkers);
    quarantine = builder.quarantine;
    spoolDirectory = builder.spoolDirectory;
    spoolMemory = builder.spoolMemory;
  }

  /** Begins with the handler that gets what passes. */
  public static Builder before(MailHandler next) {
    return new Builder(next);
  }

  @Override
  public <F> Optional<F> facet(Class<F> type) {
    return next.facet(type);
  }

  @Override
  public Transaction begin(SmtpPeer peer) throws StoreException {
    List<Check> checks = new ArrayList<>();
    try {
      for (Checker checker : checkers) {
        checks.add(checker.begin(peer));
      }
      return new CheckedTransaction(this, peer, checks, next.begin(peer));
    } catch (StoreException | RuntimeException e) {
      log(e);
      for (Check check : checks) {
        check.close();
      }
      throw e;
    }
  }

  /** The client only hears that it is to come back. */
  static void log(Exception why) {
    System.getLogger("org.posthorn.delivery.check")
        .log(System.Logger.Level.WARNING, "mail cannot be checked", why);
  }

  MailHandler next() {
    return next;
  }

  Quarantine quarantine() {
    return quarantine;
  }

  Spool spool() {
    return new Spool(spoolDirectory, spoolMemory);
  }

  /** Collects checkers. */
  public static final class Builder {
    private final MailHandler next;
    private final List<Checker> checkers = new ArrayList<>();
    private Quarantine quarantine = Quarantine.REFUSING;
    private Path spoolDirectory = Path.of(System.getProperty("java.io.tmpdir"), "posthorn-spool");
    private int spoolMemory = 256 << 10;

    private Builder(MailHandler next) {
      this.next = next;
    }

    /** A checker that must have been asked: while it fails, mail is refused for the time being. */
    public Builder checker(Checker checker) {
      checkers.add(checker);
      return this;
    }

    /** A checker without which mail passes as well. */
    public Builder optionalChecker(Checker checker) {
      checkers.add(new OptionalChecker(checker));
      return this;
    }

    /** Where mail goes that a checker wants quarantined; it is refused unless this is set. */
    public Builder quarantine(Quarantine value) {
      quarantine = value;
      return this;
    }

    /**
     * Where messages wait while they are checked.
     *
     * @param memory octets of one message that are held in memory before a file is used
     */
    public Builder spool(Path directory, int memory) {
      spoolDirectory = directory;
      spoolMemory = memory;
      return this;
    }

    public CheckedHandler build() {
      return new CheckedHandler(this);
    }
  }
}
