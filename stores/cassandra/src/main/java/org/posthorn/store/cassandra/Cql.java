package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * The way to the cluster: statements are prepared once, levels of consistency are chosen here, and
 * failures become those of the SPI. Thread-safe.
 */
final class Cql implements AutoCloseable {
  /** Rows of one page. */
  static final int PAGE = 5_000;

  /** What became of a conditional batch. */
  enum Outcome {
    APPLIED,
    REFUSED,
    /** The reply was lost: it may have been applied, or may yet be. */
    UNKNOWN
  }

  private final CqlSession session;
  private final Sender sender;
  private final Duration patience;
  private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();
  private final LongAdder requests = new LongAdder();
  private final boolean owned;
  private volatile boolean closed;

  /**
   * @param owned whether the session is closed with this
   * @param patience how long one call tries
   */
  Cql(CqlSession session, boolean owned, Duration patience) {
    this.session = session;
    this.owned = owned;
    this.patience = patience;
    this.sender = new Sender(session, this::count);
  }

  /** Requests sent so far. */
  long requests() {
    return requests.sum();
  }

  /** For tests. */
  CqlSession session() {
    return session;
  }

  void count() {
    requests.increment();
  }

  BoundStatement bind(String cql, @Nullable Object... values) throws StoreException {
    if (closed) {
      throw new StoreException(Code.UNAVAILABLE, "the mail store is closed");
    }
    PreparedStatement statement = prepared.get(cql);
    if (statement == null) {
      try {
        statement = session.prepare(cql);
      } catch (DriverException e) {
        throw Sender.failure(e);
      }
      prepared.put(cql, statement);
    }
    return statement
        .bind(values)
        .setConsistencyLevel(Levels.DATA)
        .setSerialConsistencyLevel(Levels.DECISION);
  }

  /** An INSERT; a column without a value is left out, which else would get a tombstone. */
  BoundStatement insert(String cql, @Nullable Object... values) throws StoreException {
    BoundStatement insert = bind(cql, values);
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        insert = insert.unset(i);
      }
    }
    return insert;
  }

  List<Row> all(String cql, @Nullable Object... values) throws StoreException {
    return allOf(List.of(bind(cql, values).setPageSize(PAGE)));
  }

  @Nullable Row one(String cql, @Nullable Object... values) throws StoreException {
    return sender.send(bind(cql, values), deadline()).one();
  }

  /** Reads one partition as the deciders of conditional batches see it. */
  @Nullable Row decided(String cql, @Nullable Object... values) throws StoreException {
    return decided(deadline(), cql, values);
  }

  /** As decided, tried no longer than this. */
  @Nullable Row decided(Deadline deadline, String cql, @Nullable Object... values)
      throws StoreException {
    BoundStatement read =
        bind(cql, values)
            .setConsistencyLevel(Levels.DECISION)
            .setExecutionProfileName(Cluster.DECIDED);
    return sender.send(read, deadline).one();
  }

  void write(String cql, @Nullable Object... values) throws StoreException {
    one(cql, values);
  }

  /** Each on its own, several at the same time; returns when all are done. */
  void writeAll(List<BoundStatement> statements) throws StoreException {
    readAll(statements);
  }

  /** The first row of each, in order; null where there is none. */
  List<@Nullable Row> readAll(List<BoundStatement> statements) throws StoreException {
    List<@Nullable Row> rows = new ArrayList<>(statements.size());
    for (AsyncResultSet result : sender.sendAll(statements, deadline())) {
      rows.add(result.one());
    }
    return rows;
  }

  /** The rows of all of them, several at the same time. */
  List<Row> allOf(List<BoundStatement> statements) throws StoreException {
    Deadline deadline = deadline();
    List<Row> rows = new ArrayList<>();
    List<AsyncResultSet> results = sender.sendAll(statements, deadline);
    for (int i = 0; i < results.size(); i++) {
      AsyncResultSet page = results.get(i);
      page.currentPage().forEach(rows::add);
      while (page.hasMorePages()) {
        page = sender.next(statements.get(i), page, deadline);
        page.currentPage().forEach(rows::add);
      }
    }
    return rows;
  }

  /** As allOf, for who asks again soon: where a node does not answer at once others are asked. */
  List<Row> polled(List<BoundStatement> statements) throws StoreException {
    List<BoundStatement> polls = new ArrayList<>(statements.size());
    for (BoundStatement statement : statements) {
      polls.add(statement.setExecutionProfileName(Cluster.POLLING));
    }
    List<Row> rows = new ArrayList<>();
    for (AsyncResultSet page : sender.sendAll(polls, Deadline.in(Duration.ZERO))) {
      page.currentPage().forEach(rows::add);
    }
    return rows;
  }

  /** What nobody waits for; where it fails somebody else does it later. */
  void hand(BoundStatement statement) {
    sender
        .begin(statement)
        .whenComplete(
            (done, failed) -> {
              if (failed != null) {
                System.getLogger(Cql.class.getName())
                    .log(System.Logger.Level.DEBUG, "left to the collector", failed);
              }
            });
  }

  /** Statements on one partition of one table, with conditions; never sent twice by itself. */
  Outcome conditional(List<BoundStatement> statements) throws StoreException {
    return conditional(Ids.token(), statements);
  }

  /**
   * Statements on one partition, with conditions; never sent twice by itself.
   *
   * @param token the stamp that they bring: whoever is refused because it is there was applied
   */
  Outcome conditional(UUID token, List<BoundStatement> statements) throws StoreException {
    statements.forEach(Tables::inBatch);
    BatchStatement batch =
        BatchStatement.newInstance(BatchType.LOGGED)
            .addAll(statements)
            .setConsistencyLevel(Levels.DATA)
            .setSerialConsistencyLevel(Levels.DECISION)
            .setExecutionProfileName(Cluster.DECIDING)
            .setIdempotent(false);
    for (int tries = 1; ; tries++) {
      try {
        requests.increment();
        ResultSet result = session.execute(batch);
        return result.wasApplied() || shows(result, token) ? Outcome.APPLIED : Outcome.REFUSED;
      } catch (NoNodeAvailableException unsent) {
        if (!Sender.mayConnect(tries)) {
          throw Sender.failure(unsent);
        }
        Sender.pause(tries);
      } catch (QueryValidationException e) {
        throw Sender.failure(e);
      } catch (DriverException e) {
        return Outcome.UNKNOWN;
      }
    }
  }

  private static boolean shows(ResultSet refusal, UUID token) {
    for (Row row : refusal) {
      if (row.getColumnDefinitions().contains("stamp") && token.equals(row.getUuid("stamp"))) {
        return true;
      }
    }
    return false;
  }

  /**
   * As conditional, for what may be asked again.
   *
   * @return whether it was applied
   * @throws StoreException UNAVAILABLE also where the reply was lost
   */
  boolean decide(List<BoundStatement> statements) throws StoreException {
    Outcome outcome = conditional(statements);
    if (outcome == Outcome.UNKNOWN) {
      throw new StoreException(Code.UNAVAILABLE, "the database did not answer");
    }
    return outcome == Outcome.APPLIED;
  }

  /** For one call that begins now. */
  Deadline deadline() {
    return Deadline.in(patience);
  }

  @Override
  public void close() {
    closed = true;
    if (owned) {
      session.close();
    }
  }
}
