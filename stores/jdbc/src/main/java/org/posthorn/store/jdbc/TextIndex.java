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
 * Puts the texts of an account's messages into its full-text index, when somebody searches and for
 * a bounded time each; until then delivery pays nothing for it. Thread-safe.
 */
final class TextIndex {
  /** Characters; longer messages are looked into by whoever searches. */
  static final int LONGEST_TEXT = 1 << 20;

  private static final int BATCH = 32;
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

  private record Texts(long body, @Nullable SearchTexts texts) {}

  /** Indexes some of the messages that are not yet, the newest first; one caller at a time does. */
  void catchUp() throws StoreException {
    if (!working.tryLock()) {
      return;
    }
    try {
      long started = System.nanoTime();
      List<Long> bodies;
      do {
        bodies = mail.read(TextIndex::waiting);
        if (bodies.isEmpty()) {
          return;
        }
        List<Texts> batch = new ArrayList<>();
        for (long body : bodies) {
          batch.add(texts(body));
          if (System.nanoTime() - started > BUDGET_NANOS) {
            break;
          }
        }
        mail.writeUnsynced(db -> keep(db, batch));
      } while (System.nanoTime() - started <= BUDGET_NANOS);
    } finally {
      working.unlock();
    }
  }

  private static List<Long> waiting(Db db) throws SQLException {
    return db.all(
        row -> row.getLong(1),
        "SELECT id FROM body WHERE account = ? AND indexed = 0 AND refs > 0 ORDER BY id DESC LIMIT"
            + " ?",
        db.tenant(),
        BATCH);
  }

  /** A message that went meanwhile has no texts, which does no harm. */
  private Texts texts(long body) throws StoreException {
    List<byte[]> stored =
        mail.read(
            db ->
                db.all(row -> row.getBytes(1), "SELECT data FROM mime_index WHERE body = ?", body));
    MessageIndex index = Bodies.decodeIndex(stored.isEmpty() ? null : stored.get(0));
    if (index == null) {
      return new Texts(body, null);
    }
    try (MessageContent content = JdbcContent.open(mail, body)) {
      return new Texts(body, SearchTexts.of(index, content, LONGEST_TEXT));
    } catch (StoreException e) {
      if (e.code() == Code.EXPUNGED) {
        return new Texts(body, null);
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

  /** The body is about to be freed. */
  void forget(Db db, long body) throws SQLException {
    if (db.number("SELECT indexed FROM body WHERE id = ?", body) == INDEXED) {
      table.remove(db, body);
    }
  }
}
