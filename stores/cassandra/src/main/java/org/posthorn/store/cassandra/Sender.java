package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Sends what may be sent again, reads and plain writes, until it is answered or a deadline is over.
 * Thread-safe.
 */
final class Sender {
  /** Requests of one call that are under way at the same time. */
  private static final int AT_ONCE = 64;

  /** How often a cluster is asked that says that it cannot. */
  private static final int SAID = 3;

  /** How often it is sent where there is no connection; these come back within a few seconds. */
  private static final int UNCONNECTED = 6;

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int DOUBLED = 4;

  private final CqlSession session;
  private final Runnable count;

  /**
   * @param count told of each request
   */
  Sender(CqlSession session, Runnable count) {
    this.session = session;
    this.count = count;
  }

  /** The first page. */
  AsyncResultSet send(BoundStatement statement, Deadline deadline) throws StoreException {
    return sendAll(List.of(statement), deadline).get(0);
  }

  /** The first page of each, in order; several are under way at the same time. */
  List<AsyncResultSet> sendAll(List<BoundStatement> statements, Deadline deadline)
      throws StoreException {
    List<AsyncResultSet> results = new ArrayList<>(statements.size());
    Deque<CompletionStage<AsyncResultSet>> underWay = new ArrayDeque<>();
    List<BoundStatement> timed = new ArrayList<>(statements.size());
    for (BoundStatement statement : statements) {
      timed.add(timed(statement));
    }
    for (BoundStatement statement : timed) {
      if (underWay.size() == AT_ONCE) {
        results.add(answer(timed.get(results.size()), underWay.remove(), deadline));
      }
      underWay.add(begin(statement));
    }
    while (!underWay.isEmpty()) {
      results.add(answer(timed.get(results.size()), underWay.remove(), deadline));
    }
    return results;
  }

  /** The page after another one. */
  AsyncResultSet next(BoundStatement statement, AsyncResultSet page, Deadline deadline)
      throws StoreException {
    BoundStatement rest = timed(statement.setPagingState(page.getExecutionInfo().getPagingState()));
    return answer(rest, begin(rest), deadline);
  }

  /** What is written has one time, however often it is sent: later changes by others stay. */
  private BoundStatement timed(BoundStatement statement) {
    return statement.setQueryTimestamp(session.getContext().getTimestampGenerator().next());
  }

  /** Sends it and does not wait. */
  CompletionStage<AsyncResultSet> begin(BoundStatement statement) {
    count.run();
    try {
      return session.executeAsync(Tables.alone(statement).setIdempotent(true));
    } catch (DriverException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private AsyncResultSet answer(
      BoundStatement statement, CompletionStage<AsyncResultSet> first, Deadline deadline)
      throws StoreException {
    CompletionStage<AsyncResultSet> stage = first;
    for (int tries = 1; ; tries++) {
      try {
        return stage.toCompletableFuture().join();
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof DriverException cause)) {
          throw StoreException.of(e);
        }
        if (!mayPass(cause, tries) || deadline.isOver()) {
          throw failure(cause);
        }
      }
      pause(tries);
      stage = begin(statement);
    }
  }

  /** A cluster that says that too many nodes are down will hardly say otherwise soon. */
  private static boolean mayPass(DriverException e, int tries) {
    if (e instanceof NoNodeAvailableException) {
      return mayConnect(tries);
    }
    if (e instanceof UnavailableException || e instanceof AllNodesFailedException) {
      return tries < SAID;
    }
    return !(e instanceof QueryValidationException);
  }

  /** Whether to try again after so many times that nothing could be sent. */
  static boolean mayConnect(int tries) {
    return tries < UNCONNECTED;
  }

  static void pause(int tries) {
    LockSupport.parkNanos(PAUSE << Math.min(tries - 1, DOUBLED));
  }

  static StoreException failure(DriverException e) {
    return e instanceof QueryValidationException
        ? new StoreException(Code.FAULT, "the database refused a statement", e)
        : new StoreException(Code.UNAVAILABLE, "the database did not answer", e);
  }
}
