package org.posthorn.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * One SQLite file: a connection for the writer of the moment, a few for readers, opened when first
 * needed. A connection on which anything failed is thrown away, so that nothing of a failure stays
 * behind.
 */
public final class Database {
  /** Run on the writer's connection when it was opened, outside of any transaction. */
  public interface OnOpen {
    void opened(Db db) throws SQLException, StoreException;
  }

  private final Path file;
  private final OnOpen onOpen;
  private final boolean readOnly;
  private final UnaryOperator<Connection> before;
  private final ReentrantLock writing = new ReentrantLock(true);
  private final Semaphore reading;
  private final Deque<Db> idleReaders = new ArrayDeque<>();
  private @Nullable Db writer;
  private volatile boolean ready;
  private volatile boolean ended;

  /**
   * Nothing is opened yet.
   *
   * @param readers that may read at a time
   */
  public Database(Path file, int readers, OnOpen onOpen) {
    this(file, readers, onOpen, UnaryOperator.identity());
  }

  /**
   * As {@link #Database(Path, int, OnOpen)}, with something between it and its connections.
   *
   * @param before given each connection that is opened; what it gives is used instead
   */
  public Database(Path file, int readers, OnOpen onOpen, UnaryOperator<Connection> before) {
    this(file, readers, onOpen, before, false);
  }

  private Database(
      Path file, int readers, OnOpen onOpen, UnaryOperator<Connection> before, boolean readOnly) {
    this.readOnly = readOnly;
    this.before = before;
    this.file = file;
    this.onOpen = onOpen;
    this.reading = new Semaphore(readers, true);
  }

  /**
   * A file that is only looked at while another process may write to it; it has to be there.
   *
   * @param readers that may read at a time
   * @param check what to look at first
   */
  public static Database lookedAt(Path file, int readers, OnOpen check) {
    return new Database(file, readers, check, UnaryOperator.identity(), true);
  }

  public boolean isReadOnly() {
    return readOnly;
  }

  public Path file() {
    return file;
  }

  public boolean isOpen() {
    return ready;
  }

  /** Runs on a snapshot of what was committed. */
  public <T> T read(Work<T> work) throws StoreException {
    open();
    reading.acquireUninterruptibly();
    try {
      Db db = idleReader();
      try {
        if (db == null) {
          db = readOnly ? Connector.looker(file) : Connector.reader(file, before);
        }
        db.begin();
        T result = work.run(db);
        db.commit();
        putBack(db);
        db = null;
        return result;
      } catch (SQLException e) {
        throw SqlErrors.translate(e);
      } finally {
        if (db != null) {
          discard(db);
        }
      }
    } finally {
      reading.release();
    }
  }

  /** Runs as the only writer; what it did is on disk when this returns. */
  public <T> T write(Work<T> work) throws StoreException {
    writing.lock();
    try {
      return transaction(openWriter(), work);
    } finally {
      writing.unlock();
    }
  }

  /**
   * As {@link #write}, without waiting for the disk: the next {@link #write} takes it along. A
   * power loss before may undo it, the death of the process does not.
   */
  public <T> T writeUnsynced(Work<T> work) throws StoreException {
    writing.lock();
    try {
      Db db = openWriter();
      setSynchronous(db, "NORMAL");
      T result = transaction(db, work);
      setSynchronous(db, "FULL");
      return result;
    } finally {
      writing.unlock();
    }
  }

  /** Nobody else may use this database meanwhile. */
  public void close() throws StoreException {
    try {
      for (Db db = idleReader(); db != null; db = idleReader()) {
        db.close();
      }
      // The writer last: closing the last connection empties the log into the file.
      if (writer != null) {
        Db db = writer;
        writer = null;
        db.close();
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    } finally {
      ready = false;
    }
  }

  /** As {@link #close}, and for good. */
  public void end() throws StoreException {
    ended = true;
    close();
  }

  /** A reader must not meet a file that has no tables yet. */
  private void open() throws StoreException {
    if (ready) {
      return;
    }
    writing.lock();
    try {
      if (readOnly) {
        look();
      } else {
        openWriter();
      }
    } finally {
      writing.unlock();
    }
  }

  private void look() throws StoreException {
    if (ended) {
      throw closed();
    }
    try (Db db = Connector.looker(file)) {
      onOpen.opened(db);
      ready = true;
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  private Db openWriter() throws StoreException {
    if (writer != null) {
      return writer;
    }
    if (ended) {
      throw closed();
    }
    if (readOnly) {
      throw new StoreException(Code.READ_ONLY, "the mail store is open for reading only");
    }
    Db db = null;
    try {
      db = Connector.writer(file, before);
      onOpen.opened(db);
      writer = db;
      ready = true;
      return db;
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    } finally {
      if (db != null && writer != db) {
        discard(db);
      }
    }
  }

  private <T> T transaction(Db db, Work<T> work) throws StoreException {
    boolean done = false;
    try {
      db.begin();
      T result = work.run(db);
      db.commit();
      done = true;
      return result;
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    } finally {
      if (!done) {
        writer = null;
        discard(db);
      }
    }
  }

  private void setSynchronous(Db db, String mode) throws StoreException {
    try {
      db.update("PRAGMA synchronous = " + mode);
    } catch (SQLException e) {
      writer = null;
      discard(db);
      throw SqlErrors.translate(e);
    }
  }

  private @Nullable Db idleReader() {
    synchronized (idleReaders) {
      return idleReaders.pollFirst();
    }
  }

  private void putBack(Db db) {
    synchronized (idleReaders) {
      idleReaders.addFirst(db);
    }
  }

  /**
   * Closing rolls back. What led here is already on its way to the caller and matters more than a
   * failing close.
   */
  private static void discard(Db db) {
    try {
      db.close();
    } catch (SQLException e) {
      System.getLogger(Database.class.getName())
          .log(System.Logger.Level.WARNING, "a failed connection could not be closed", e);
    }
  }

  public static StoreException closed() {
    return new StoreException(Code.UNAVAILABLE, "the mail store is closed");
  }
}
