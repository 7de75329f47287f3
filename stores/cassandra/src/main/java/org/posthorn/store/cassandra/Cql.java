package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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

  /** Requests of one call that are under way at the same time. */
  private static final int AT_ONCE = 64;

  /** What became of a conditional batch. */
  enum Outcome {
    APPLIED,
    REFUSED,
    /** The reply was lost: it may have been applied, or may yet be. */
    UNKNOWN
  }

  private final CqlSession session;
  private final Map<String, PreparedStatement> prepared = new ConcurrentHashMap<>();
  private final LongAdder requests = new LongAdder();
  private final boolean owned;
  private volatile boolean closed;

  /**
   * @param owned whether the session is closed with this
   */
  Cql(CqlSession session, boolean owned) {
    this.session = session;
    this.owned = owned;
  }

  /** Requests sent so far. */
  long requests() {
    return requests.sum();
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
        throw failure(e);
      }
      prepared.put(cql, statement);
    }
    return statement
        .bind(values)
        .setConsistencyLevel(Levels.DATA)
        .setSerialConsistencyLevel(Levels.DECISION);
  }

  List<Row> all(String cql, @Nullable Object... values) throws StoreException {
    List<Row> rows = new ArrayList<>();
    BoundStatement statement = bind(cql, values).setIdempotent(true).setPageSize(PAGE);
    try {
      requests.increment();
      for (Row row : session.execute(statement)) {
        rows.add(row);
      }
      return rows;
    } catch (DriverException e) {
      throw failure(e);
    }
  }

  @Nullable Row one(String cql, @Nullable Object... values) throws StoreException {
    return one(bind(cql, values).setIdempotent(true));
  }

  /** Reads one partition as the deciders of conditional batches see it. */
  @Nullable Row decided(String cql, @Nullable Object... values) throws StoreException {
    return one(bind(cql, values).setConsistencyLevel(Levels.DECISION).setIdempotent(true));
  }

  private @Nullable Row one(BoundStatement statement) throws StoreException {
    try {
      requests.increment();
      return session.execute(Tables.alone(statement)).one();
    } catch (DriverException e) {
      throw failure(e);
    }
  }

  void write(String cql, @Nullable Object... values) throws StoreException {
    one(bind(cql, values).setIdempotent(true));
  }

  /** Each on its own, several at the same time; returns when all are done. */
  void writeAll(List<BoundStatement> statements) throws StoreException {
    readAll(statements);
  }

  /** The first row of each, in order; null where there is none. */
  List<@Nullable Row> readAll(List<BoundStatement> statements) throws StoreException {
    List<@Nullable Row> rows = new ArrayList<>(statements.size());
    for (AsyncResultSet result : results(statements)) {
      rows.add(result.one());
    }
    return rows;
  }

  /** The rows of all of them, several at the same time. */
  List<Row> allOf(List<BoundStatement> statements) throws StoreException {
    List<Row> rows = new ArrayList<>();
    for (AsyncResultSet first : results(statements)) {
      AsyncResultSet page = first;
      page.currentPage().forEach(rows::add);
      while (page.hasMorePages()) {
        page = joined(page.fetchNextPage());
        page.currentPage().forEach(rows::add);
      }
    }
    return rows;
  }

  private List<AsyncResultSet> results(List<BoundStatement> statements) throws StoreException {
    List<AsyncResultSet> results = new ArrayList<>(statements.size());
    Deque<CompletionStage<AsyncResultSet>> underWay = new ArrayDeque<>();
    for (BoundStatement statement : statements) {
      if (underWay.size() == AT_ONCE) {
        results.add(joined(underWay.remove()));
      }
      requests.increment();
      underWay.add(session.executeAsync(Tables.alone(statement).setIdempotent(true)));
    }
    while (!underWay.isEmpty()) {
      results.add(joined(underWay.remove()));
    }
    return results;
  }

  private AsyncResultSet joined(CompletionStage<AsyncResultSet> stage) throws StoreException {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof DriverException cause ? failure(cause) : StoreException.of(e);
    } catch (DriverException e) {
      throw failure(e);
    }
  }

  /** What nobody waits for; where it fails somebody else does it later. */
  void hand(BoundStatement statement) {
    requests.increment();
    session
        .executeAsync(Tables.alone(statement).setIdempotent(true))
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
    statements.forEach(Tables::inBatch);
    BatchStatement batch =
        BatchStatement.newInstance(BatchType.LOGGED)
            .addAll(statements)
            .setConsistencyLevel(Levels.DATA)
            .setSerialConsistencyLevel(Levels.DECISION)
            .setIdempotent(false);
    try {
      requests.increment();
      return session.execute(batch).wasApplied() ? Outcome.APPLIED : Outcome.REFUSED;
    } catch (NoNodeAvailableException | UnavailableException | QueryValidationException e) {
      throw failure(e);
    } catch (DriverException e) {
      return Outcome.UNKNOWN;
    }
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

  private StoreException failure(DriverException e) {
    return e instanceof QueryValidationException
        ? new StoreException(Code.FAULT, "the database refused a statement", e)
        : new StoreException(Code.UNAVAILABLE, "the database did not answer", e);
  }

  @Override
  public void close() {
    closed = true;
    if (owned) {
      session.close();
    }
  }
}
