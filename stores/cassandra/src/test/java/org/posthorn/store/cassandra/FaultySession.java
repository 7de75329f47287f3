package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A session on the way to which the reply of a conditional batch gets lost. Not thread-safe. */
final class FaultySession {
  enum Fault {
    /** The batch is applied and nobody hears of it. */
    REPLY_LOST,
    /** The batch gets there twice, and the second answer is heard. */
    SENT_TWICE,
    /** The batch never gets there. */
    REQUEST_LOST,
    /** The batch gets there after the next one. */
    LATE,
    /** The batch is applied, then the cluster does not answer anything. */
    SILENT_AFTER,
    /** The batch never gets there, and the cluster does not answer anything. */
    SILENT_BEFORE
  }

  private final CqlSession real;
  private final Set<UUID> tokens = new HashSet<>();
  private final List<BatchStatement> delayed = new ArrayList<>();
  private Fault fault = Fault.REPLY_LOST;
  private int countdown;
  private int batches;
  private int stalled;
  private boolean silent;

  FaultySession(CqlSession real) {
    this.real = real;
  }

  /** The session as a store sees it. */
  CqlSession session() {
    return (CqlSession)
        Proxy.newProxyInstance(
            CqlSession.class.getClassLoader(), new Class<?>[] {CqlSession.class}, this::call);
  }

  /** The n-th batch from now on is struck. */
  void strike(int n, Fault how) {
    countdown = n;
    fault = how;
    batches = 0;
  }

  /** So many reads and plain writes from now on are not answered. */
  void stall(int requests) {
    stalled = requests;
  }

  /** Reads and plain writes still to be stalled. */
  int stalled() {
    return stalled;
  }

  /** All is well again, and what was delayed has come; gives how many batches were sent. */
  int heal() {
    countdown = 0;
    stalled = 0;
    silent = false;
    deliver();
    return batches;
  }

  private Object call(Object proxy, Method method, Object[] args) throws Throwable {
    String name = method.getName();
    if (silent && (name.startsWith("execute") || name.startsWith("prepare"))) {
      throw new UnavailableException(
          real.getMetadata().getNodes().values().iterator().next(), Levels.DATA, 1, 0);
    }
    if (stalled > 0 && name.equals("executeAsync")) {
      stalled--;
      throw new DriverTimeoutException("stalled");
    }
    if (name.equals("execute") && args[0] instanceof BatchStatement batch) {
      return batch(batch);
    }
    try {
      return method.invoke(real, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private ResultSet batch(BatchStatement batch) {
    batches++;
    noteOnce(batch);
    if (countdown > 0 && --countdown == 0) {
      switch (fault) {
        case SENT_TWICE -> {
          real.execute(batch);
          return real.execute(batch);
        }
        case REPLY_LOST, SILENT_AFTER -> real.execute(batch);
        case LATE -> delayed.add(batch);
        case REQUEST_LOST, SILENT_BEFORE -> {}
      }
      silent = fault == Fault.SILENT_AFTER || fault == Fault.SILENT_BEFORE;
      throw new DriverTimeoutException("the reply was lost");
    }
    ResultSet result = real.execute(batch);
    deliver();
    return result;
  }

  private void deliver() {
    delayed.forEach(real::execute);
    delayed.clear();
  }

  /** A batch is known by the token that it brings; none may be sent twice. */
  private void noteOnce(BatchStatement batch) {
    for (BatchableStatement<?> statement : batch) {
      if (statement instanceof BoundStatement bound
          && bound.getPreparedStatement().getQuery().contains("SET stamp = ?")
          && !tokens.add(bound.getUuid("stamp"))) {
        throw new AssertionError("sent twice: " + bound.getPreparedStatement().getQuery());
      }
    }
  }
}
