package org.posthorn.relay;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.posthorn.relay.Queue.Part;
import org.posthorn.sqlite.Db;

/** Finds what is to be sent next. Every question is answered from an index. */
final class DueParts {
  /** Recipients that are looked at to find parts: a queue of any length costs the same. */
  private static final int LOOK_AHEAD = 4_000;

  private DueParts() {}

  /**
   * What is due: the highest priority first (RFC 6710 section 5.1), of one priority what has been
   * due for longest.
   *
   * @param busy destinations that are not wanted now
   */
  static List<Part> find(Db db, Instant now, Collection<String> busy, int max) throws SQLException {
    String excluded = jsonArray(busy);
    List<Part> parts = new ArrayList<>();
    OptionalLong priority = highestBelow(db, Long.MAX_VALUE);
    while (priority.isPresent() && parts.size() < max) {
      parts.addAll(
          db.all(
              row -> new Part(row.getLong(1), row.getString(2)),
              "SELECT message, destination FROM (SELECT message, destination, next_attempt"
                  + " FROM recipient WHERE priority = ? AND next_attempt <= ?"
                  + " AND destination NOT IN (SELECT value FROM json_each(?))"
                  + " ORDER BY next_attempt LIMIT "
                  + LOOK_AHEAD
                  + ") GROUP BY message, destination ORDER BY min(next_attempt) LIMIT ?",
              priority.getAsLong(),
              now.toEpochMilli(),
              excluded,
              max - parts.size()));
      priority = highestBelow(db, priority.getAsLong());
    }
    return parts;
  }

  private static OptionalLong highestBelow(Db db, long priority) throws SQLException {
    Long found =
        db.first(
            row -> row.getLong(1),
            "SELECT priority FROM recipient WHERE priority < ? ORDER BY priority DESC LIMIT 1",
            priority);
    return found == null ? OptionalLong.empty() : OptionalLong.of(found);
  }

  private static String jsonArray(Collection<String> domains) {
    return domains.stream()
        .map(d -> '"' + d.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** When something is due next; empty when nothing waits. */
  static Optional<Instant> next(Db db) throws SQLException {
    long millis = db.number("SELECT coalesce(min(next_attempt), -1) FROM recipient");
    return millis < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
