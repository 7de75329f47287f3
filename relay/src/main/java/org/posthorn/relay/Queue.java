package org.posthorn.relay;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.posthorn.delivery.Dispatch;
import org.posthorn.relay.QueuedMail.Waiting;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpSyntaxException;
import org.posthorn.sqlite.Database;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.DirectoryLock;
import org.posthorn.sqlite.SchemaSteps;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** What waits to be sent, in a SQLite file. Every change is one transaction. Thread-safe. */
final class Queue implements AutoCloseable {
  private static final SchemaSteps SCHEMA =
      new SchemaSteps("queue", 1, Queue.class::getResourceAsStream);
  private static final int CHUNK = 64 << 10;
  private static final int READERS = 4;

  /** Recipients that are looked at to find parts: a queue of any length costs the same. */
  private static final int LOOK_AHEAD = 4_000;

  /** RFC 5321 section 4.5.3.1.8: what every server takes in one transaction. */
  private static final int RECIPIENTS = 100;

  private final DirectoryLock lock;
  private final Database file;

  private Queue(DirectoryLock lock, Database file) {
    this.lock = lock;
    this.file = file;
  }

  /** A part of the queue: one message to one destination. */
  record Part(long message, String destination) {}

  /**
   * Opens the queue of a directory.
   *
   * @throws StoreException IN_USE when another process has it
   */
  static Queue in(Path directory) throws StoreException {
    DirectoryLock lock = DirectoryLock.take(directory);
    Database file = new Database(directory.resolve("queue.db"), READERS, Queue::upgrade);
    try {
      file.write(db -> 0);
    } catch (StoreException e) {
      lock.close();
      throw e;
    }
    return new Queue(lock, file);
  }

  private static void upgrade(Db db) throws SQLException, StoreException {
    if (!SCHEMA.isCurrent(db)) {
      db.begin();
      SCHEMA.upgrade(db);
      db.commit();
    }
  }

  /** Takes all of the messages; they are on disk when this returns. */
  void add(List<Dispatch> messages, Instant now, Instant firstAttempt) throws StoreException {
    file.write(
        db -> {
          for (Dispatch message : messages) {
            add(db, message, now, firstAttempt);
          }
          return 0;
        });
  }

  private static void add(Db db, Dispatch message, Instant now, Instant firstAttempt)
      throws SQLException, StoreException {
    long id =
        db.insert(
            "INSERT INTO message (sender, parameters, arrived, size) VALUES (?, ?, ?, ?)",
            message.sender().toString(),
            Parameters.text(message.parameters().values()),
            now.toEpochMilli(),
            message.size());
    ChunkWriter chunks = new ChunkWriter(db, id);
    chunks.write(ByteBuffer.wrap(message.header()));
    message.content().copyTo(chunks::write);
    chunks.end();
    if (chunks.eightBit && message.parameters().body() == BodyKind.SEVEN_BIT) {
      // The next server is to be told, whether or not we were (RFC 6152 section 3).
      String declared = Parameters.text(message.parameters().with("BODY", "8BITMIME").values());
      db.update("UPDATE message SET parameters = ? WHERE id = ?", declared, id);
    }
    addRecipients(db, id, message.recipients(), firstAttempt);
  }

  private static void addRecipients(
      Db db, long message, Collection<Recipient> recipients, Instant firstAttempt)
      throws SQLException {
    for (Recipient recipient : recipients) {
      db.update(
          "INSERT INTO recipient (message, address, parameters, destination, next_attempt)"
              + " VALUES (?, ?, ?, ?, ?)",
          message,
          recipient.address().toString(),
          Parameters.text(recipient.parameters()),
          recipient.address().canonicalDomain(),
          firstAttempt.toEpochMilli());
    }
  }

  /** Cuts what comes into pieces of one size. */
  private static final class ChunkWriter {
    private final Db db;
    private final long message;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    private int number;
    private boolean eightBit;

    ChunkWriter(Db db, long message) {
      this.db = db;
      this.message = message;
    }

    void write(ByteBuffer octets) throws StoreException {
      while (octets.hasRemaining()) {
        int length = Math.min(octets.remaining(), chunk.remaining());
        chunk.put(octets.slice().limit(length));
        octets.position(octets.position() + length);
        if (!chunk.hasRemaining()) {
          end();
        }
      }
    }

    void end() throws StoreException {
      byte[] octets = new byte[chunk.flip().remaining()];
      chunk.get(octets).clear();
      for (int i = 0; i < octets.length && !eightBit; i++) {
        eightBit = octets[i] < 0;
      }
      if (octets.length == 0) {
        return;
      }
      try {
        db.update(
            "INSERT INTO chunk (message, number, octets) VALUES (?, ?, ?)",
            message,
            number++,
            octets);
      } catch (SQLException e) {
        throw new StoreException(Code.NO_SPACE, "the queue cannot be written", e);
      }
    }
  }

  /**
   * What is due, longest due first.
   *
   * @param busy destinations that are not wanted now
   */
  List<Part> due(Instant now, Collection<String> busy, int max) throws StoreException {
    String excluded = jsonArray(busy);
    return file.read(
        db ->
            db.all(
                row -> new Part(row.getLong(1), row.getString(2)),
                "SELECT message, destination FROM (SELECT message, destination, next_attempt"
                    + " FROM recipient WHERE next_attempt <= ?"
                    + " AND destination NOT IN (SELECT value FROM json_each(?))"
                    + " ORDER BY next_attempt LIMIT "
                    + LOOK_AHEAD
                    + ") GROUP BY message, destination ORDER BY min(next_attempt) LIMIT ?",
                now.toEpochMilli(),
                excluded,
                max));
  }

  private static String jsonArray(Collection<String> domains) {
    return domains.stream()
        .map(d -> '"' + d.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** When something is due next; empty when nothing waits. */
  Optional<Instant> nextAttempt() throws StoreException {
    long millis =
        file.read(db -> db.number("SELECT coalesce(min(next_attempt), -1) FROM recipient"));
    return millis < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** A part with those of its recipients that are due; empty when there is nothing left of it. */
  Optional<QueuedMail> take(Part part, Instant now) throws StoreException {
    return file.read(
        db -> {
          List<Waiting> recipients =
              db.all(
                  Queue::waiting,
                  "SELECT id, address, parameters, attempts FROM recipient"
                      + " WHERE message = ? AND destination = ? AND next_attempt <= ?"
                      + " ORDER BY id LIMIT "
                      + RECIPIENTS,
                  part.message(),
                  part.destination(),
                  now.toEpochMilli());
          if (recipients.isEmpty()) {
            return Optional.empty();
          }
          return Optional.ofNullable(
              db.first(
                  row -> mail(row, part.destination(), recipients),
                  "SELECT id, sender, parameters, arrived, size, delay_told FROM message"
                      + " WHERE id = ?",
                  part.message()));
        });
  }

  private static QueuedMail mail(ResultSet row, String destination, List<Waiting> recipients)
      throws SQLException {
    String sender = row.getString(2);
    return new QueuedMail(
        row.getLong(1),
        sender.isEmpty() ? ReversePath.NULL : ReversePath.of(address(sender)),
        new MailParameters(Parameters.parse(row.getString(3))),
        Instant.ofEpochMilli(row.getLong(4)),
        row.getLong(5),
        row.getLong(6) != 0,
        destination,
        recipients);
  }

  private static Waiting waiting(ResultSet row) throws SQLException {
    Recipient recipient =
        new Recipient(address(row.getString(2)), Parameters.parse(row.getString(3)));
    return new Waiting(row.getLong(1), recipient, row.getInt(4));
  }

  /** Addresses were written by us. */
  private static Address address(String text) throws SQLException {
    try {
      return Address.parse(text);
    } catch (SmtpSyntaxException e) {
      throw new SQLException("an address in the queue is damaged", e);
    }
  }

  /** A piece of content; null beyond the last one. */
  byte @Nullable [] chunk(long message, int number) throws StoreException {
    List<byte[]> found =
        file.read(
            db ->
                db.all(
                    row -> row.getBytes(1),
                    "SELECT octets FROM chunk WHERE message = ? AND number = ?",
                    message,
                    number));
    return found.isEmpty() ? null : found.get(0);
  }

  /**
   * Notes what became of recipients, and puts reports into the queue, in one transaction. A message
   * without recipients disappears.
   */
  void settle(Settlement settlement, Instant now) throws StoreException {
    file.write(
        db -> {
          for (long done : settlement.done()) {
            db.update("DELETE FROM recipient WHERE id = ?", done);
          }
          for (Settlement.Retry retry : settlement.retries()) {
            db.update(
                "UPDATE recipient SET attempts = attempts + 1, next_attempt = ?, last_reply = ?"
                    + " WHERE id = ?",
                retry.when().toEpochMilli(),
                retry.reply(),
                retry.recipient());
          }
          if (settlement.delayTold()) {
            db.update("UPDATE message SET delay_told = 1 WHERE id = ?", settlement.message());
          }
          for (Settlement.Report report : settlement.reports()) {
            add(db, report, now);
          }
          db.update(
              "DELETE FROM message WHERE id = ?"
                  + " AND NOT EXISTS (SELECT 1 FROM recipient WHERE message = ?)",
              settlement.message(),
              settlement.message());
          return 0;
        });
  }

  private static void add(Db db, Settlement.Report report, Instant now)
      throws SQLException, StoreException {
    long id =
        db.insert(
            "INSERT INTO message (sender, parameters, arrived, size) VALUES ('', ?, ?, ?)",
            Parameters.text(report.parameters().values()),
            now.toEpochMilli(),
            report.octets().length);
    ChunkWriter chunks = new ChunkWriter(db, id);
    chunks.write(ByteBuffer.wrap(report.octets()));
    chunks.end();
    addRecipients(db, id, List.of(Recipient.of(report.to())), now);
  }

  /** Recipients that wait. */
  long size() throws StoreException {
    return file.read(db -> db.number("SELECT count(*) FROM recipient"));
  }

  /** What was said last about recipients that wait. */
  List<String> lastReplies() throws StoreException {
    return new ArrayList<>(
        file.read(
            db -> db.all(row -> row.getString(1), "SELECT last_reply FROM recipient ORDER BY id")));
  }

  /** Makes everything due. */
  void hurry(Instant now) throws StoreException {
    file.write(
        db ->
            db.update(
                "UPDATE recipient SET next_attempt = ? WHERE next_attempt > ?",
                now.toEpochMilli(),
                now.toEpochMilli()));
  }

  @Override
  public void close() throws StoreException {
    try {
      file.end();
    } finally {
      lock.close();
    }
  }
}
