package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.sqlite.Db;
import org.posthorn.store.MessageContent;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.SearchTexts;

/**
 * Puts the texts of an account's messages into its full-text index when somebody searches: for a
 * bounded time, and the rest in the background. Until then delivery pays nothing for it.
 * Thread-safe.
 */
final class TextIndex {
  /** Characters; longer messages are looked into by whoever searches. */
  static final int LONGEST_TEXT = 1 << 20;

  private static final int BATCH = 256;

  /** Characters of a batch, roughly: the last text may go beyond. */
  private static final long MOST_TEXT = 1 << 20;

  private static final long BUDGET_NANOS = 250_000_000;

  /** States of a body. */
  private static final int NOT_YET = 0;

  private static final int INDEXED = 1;
  private static final int NOT_INDEXABLE = 2;

  private final AccountMail mail;
  private final ReentrantLock working = new ReentrantLock();

  private final TextTable table;

  TextIndex(AccountMail mail, TextTable table) {
    this.mail = mail;
    this.table = table;
  }

  TextTable table() {
    return table;
  }

  private record Texts(long body, @Nullable SearchTexts texts) {
    long length() {
      return texts == null ? 0 : texts.header().length() + texts.body().length();
    }
  }

  /**
   * Indexes some of the messages that are not yet, the newest first; one caller at a time does.
   * What is left is done later, though nobody searches.
   */
  void catchUp() throws StoreException {
    if (catchUp(BUDGET_NANOS)) {
      mail.later(() -> catchUp(BUDGET_NANOS));
    }
  }

  /** Whether there is more. */
  boolean catchUp(long budgetNanos) throws StoreException {
    if (!working.tryLock()) {
      return false;
    }
    try {
      long started = System.nanoTime();
      List<Texts> batch;
      do {
        batch = mail.read(db -> texts(db, started, budgetNanos));
        if (batch.isEmpty()) {
          return false;
        }
        List<Texts> some = batch;
        mail.writeUnsynced(db -> keep(db, some));
      } while (System.nanoTime() - started <= budgetNanos);
      return true;
    } finally {
      working.unlock();
    }
  }

  /** Of the next bodies that wait, one at least, and as many as there is time and memory for. */
  private static List<Texts> texts(Db db, long started, long budgetNanos)
      throws SQLException, StoreException {
    List<BodyReader> bodies =
        db.all(
            row -> new BodyReader(row.getLong(1), row.getLong(2)),
            "SELECT id, octets FROM body WHERE account = ? AND indexed = 0 AND refs > 0"
                + " ORDER BY id DESC LIMIT ?",
            db.tenant(),
            BATCH);
    List<Texts> batch = new ArrayList<>();
    long weight = 0;
    for (BodyReader body : bodies) {
      Texts texts = texts(db, body);
      batch.add(texts);
      weight += texts.length();
      if (weight > MOST_TEXT || System.nanoTime() - started > budgetNanos) {
        break;
      }
    }
    return batch;
  }

  /** A message that went meanwhile has no texts, which does no harm. */
  private static Texts texts(Db db, BodyReader body) throws SQLException, StoreException {
    byte[] stored =
        db.first(row -> row.getBytes(1), "SELECT data FROM mime_index WHERE body = ?", body.body());
    MessageIndex index = Bodies.decodeIndex(stored);
    if (index == null) {
      return new Texts(body.body(), null);
    }
    try (MessageContent content = new ContentWithin(db, body)) {
      return new Texts(body.body(), SearchTexts.of(index, content, LONGEST_TEXT));
    } catch (StoreException e) {
      if (e.code() == Code.EXPUNGED) {
        return new Texts(body.body(), null);
      }
      throw e;
    }
  }

  private int keep(Db db, List<Texts> batch) throws SQLException {
    for (Texts one : batch) {
      SearchTexts texts = one.texts();
      int changed =
          db.update(
              "UPDATE body SET indexed = ? WHERE id = ? AND indexed = ?",
              texts == null ? NOT_INDEXABLE : INDEXED,
              one.body(),
              NOT_YET);
      if (changed > 0 && texts != null) {
        table.add(db, one.body(), texts);
      }
    }
    return batch.size();
  }

  /** Bodies with numbers next to each other are about to be freed. */
  void forget(Db db, long first, long last) throws SQLException {
    for (long body :
        db.all(
            row -> row.getLong(1),
            "SELECT id FROM body WHERE id BETWEEN ? AND ? AND indexed = ?",
            first,
            last,
            INDEXED)) {
      table.remove(db, body);
    }
  }
}
