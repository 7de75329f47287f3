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
import java.util.function.UnaryOperator;
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

/** What waits to be sent, in a SQLite file. Every change is one transaction. Thread-safe. */
final class Queue implements AutoCloseable {
  private static final SchemaSteps SCHEMA =
      new SchemaSteps("queue", 2, Queue.class::getResourceAsStream);
  private static final int READERS = 4;

  /** Recipients that are taken together; more than any server wants in one transaction. */
  private static final int RECIPIENTS = 1_000;

  private final DirectoryLock lock;
  private final Database file;
  private final UnaryOperator<String> destinations;

  private Queue(DirectoryLock lock, Database file, UnaryOperator<String> destinations) {
    this.lock = lock;
    this.file = file;
    this.destinations = destinations;
  }

  /** A part of the queue: one message to one destination. */
  record Part(long message, String destination) {}

  /**
   * Opens the queue of a directory.
   *
   * @param destinations gives domains that go the same way the same destination
   * @throws StoreException IN_USE when another process has it
   */
  static Queue in(Path directory, UnaryOperator<String> destinations) throws StoreException {
    DirectoryLock lock = DirectoryLock.take(directory);
    Database file = new Database(directory.resolve("queue.db"), READERS, Queue::upgrade);
    try {
      file.write(db -> regroup(db, destinations));
    } catch (StoreException e) {
      lock.close();
      throw e;
    }
    return new Queue(lock, file, destinations);
  }

  private static void upgrade(Db db) throws SQLException, StoreException {
    if (!SCHEMA.isCurrent(db)) {
      db.begin();
      SCHEMA.upgrade(db);
      db.commit();
    }
  }

  private record Way(String domain, String destination) {}

  /** The ways may be others than when the mail came. */
  private static int regroup(Db db, UnaryOperator<String> destinations) throws SQLException {
    List<Way> ways =
        db.all(
            row -> new Way(row.getString(1), row.getString(2)),
            "SELECT DISTINCT domain, destination FROM recipient");
    for (Way way : ways) {
      String now = destinations.apply(way.domain());
      if (!now.equals(way.destination())) {
        db.update(
            "UPDATE recipient SET destination = ? WHERE domain = ? AND destination = ?",
            now,
            way.domain(),
            way.destination());
      }
    }
    return ways.size();
  }

  /** Takes all of the messages; they are on disk when this returns. */
  void add(List<Dispatch> messages, Instant now) throws StoreException {
    file.write(
        db -> {
          for (Dispatch message : messages) {
            add(db, message, now);
          }
          return 0;
        });
  }

  private void add(Db db, Dispatch message, Instant now) throws SQLException, StoreException {
    MailParameters parameters = message.parameters();
    Instant release = parameters.release(now).filter(now::isBefore).orElse(now);
    long id = insert(db, message.sender().toString(), parameters, now, release, message.size());
    ChunkWriter chunks = new ChunkWriter(db, id);
    chunks.write(ByteBuffer.wrap(message.header()));
    message.content().copyTo(chunks::write);
    chunks.end();
    if (chunks.eightBit() && parameters.body() == BodyKind.SEVEN_BIT) {
      // The next server is to be told, whether or not we were (RFC 6152 section 3).
      String declared = Parameters.text(parameters.with("BODY", "8BITMIME").values());
      db.update("UPDATE message SET parameters = ? WHERE id = ?", declared, id);
    }
    addRecipients(db, id, message.recipients(), release, parameters.priority().orElse(0));
  }

  private static long insert(
      Db db, String sender, MailParameters parameters, Instant now, Instant release, long size)
      throws SQLException {
    return db.insert(
        "INSERT INTO message (sender, parameters, arrived, released, size)"
            + " VALUES (?, ?, ?, ?, ?)",
        sender,
        Parameters.text(parameters.values()),
        now.toEpochMilli(),
        release.toEpochMilli(),
        size);
  }

  private void addRecipients(
      Db db, long message, Collection<Recipient> recipients, Instant firstAttempt, int priority)
      throws SQLException {
    for (Recipient recipient : recipients) {
      String domain = recipient.address().canonicalDomain();
      db.update(
          "INSERT INTO recipient"
              + " (message, address, parameters, domain, destination, next_attempt, priority)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?)",
          message,
          recipient.address().toString(),
          Parameters.text(recipient.parameters()),
          domain,
          destinations.apply(domain),
          firstAttempt.toEpochMilli(),
          priority);
    }
  }

  /** See {@link DueParts#find}. */
  List<Part> due(Instant now, Collection<String> busy, int max) throws StoreException {
    return file.read(db -> DueParts.find(db, now, busy, max));
  }

  /** When something is due next; empty when nothing waits. */
  Optional<Instant> nextAttempt() throws StoreException {
    return file.read(DueParts::next);
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
                  "SELECT id, sender, parameters, arrived, released, size, delay_told,"
                      + " deadline_told FROM message WHERE id = ?",
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
        Instant.ofEpochMilli(row.getLong(5)),
        row.getLong(6),
        row.getLong(7) != 0,
        row.getLong(8) != 0,
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
          if (settlement.deadlineTold()) {
            db.update("UPDATE message SET deadline_told = 1 WHERE id = ?", settlement.message());
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

  private void add(Db db, Settlement.Report report, Instant now)
      throws SQLException, StoreException {
    MailParameters parameters = report.parameters();
    long id = insert(db, "", parameters, now, now, report.octets().length);
    ChunkWriter chunks = new ChunkWriter(db, id);
    chunks.write(ByteBuffer.wrap(report.octets()));
    chunks.end();
    Recipient to = Recipient.of(report.to());
    addRecipients(db, id, List.of(to), now, parameters.priority().orElse(0));
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

  /** Makes everything due that is not held. */
  void hurry(Instant now) throws StoreException {
    file.write(
        db ->
            db.update(
                "UPDATE recipient SET next_attempt = ? WHERE next_attempt > ?"
                    + " AND message IN (SELECT id FROM message WHERE released <= ?)",
                now.toEpochMilli(),
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
