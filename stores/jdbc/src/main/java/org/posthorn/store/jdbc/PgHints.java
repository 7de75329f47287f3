package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.WatchSpec;
import org.posthorn.store.support.HintBus;

/**
 * Hints by LISTEN and NOTIFY between the processes that share a database. Accounts go by their
 * numbers. A process does not hear itself.
 */
final class PgHints implements HintBus {
  private final String speaker = NewIds.next('P');
  private final PgListener listener;
  private final PgVoice voice;
  private final PgTeller teller;
  private volatile @Nullable Ear ear;

  /**
   * Nothing is said or heard yet.
   *
   * @param process number of the lock by which others know that this process is alive
   * @param silence as {@link PgListener} has it
   */
  PgHints(DataSource database, long process, Duration silence) {
    this.listener = new PgListener(database, process, silence, new Notified());
    this.voice = new PgVoice(database, silence);
    this.teller = new PgTeller(voice);
  }

  private final class Notified implements PgListener.Ear {
    @Override
    public void heard(String text) {
      PgHint hint = PgHint.parse(text);
      Ear listening = ear;
      if (hint != null && listening != null && !hint.speaker().equals(speaker)) {
        listening.heard(hint.account(), hint.id(), hint.name());
      }
    }

    @Override
    public void mayHaveMissed() {
      Ear listening = ear;
      if (listening != null) {
        listening.mayHaveMissed();
      }
    }
  }

  @Override
  public void start(Ear newEar) throws StoreException {
    ear = newEar;
    try {
      listener.start();
    } catch (SQLException e) {
      throw PgErrors.translate(e);
    }
  }

  @Override
  public void tell(String account, MailboxId id, MailboxName name) {
    teller.add(new PgHint(speaker, account, id, name).text());
  }

  /** Everything is told to everybody. */
  @Override
  public Runnable watched(String account, WatchSpec what) {
    return () -> {};
  }

  @Override
  public void close() {
    ear = null;
    listener.close();
    teller.close();
    voice.close();
  }
}
