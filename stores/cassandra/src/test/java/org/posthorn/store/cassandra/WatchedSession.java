package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** A session that refuses to send too large a batch, and counts those that were refused. */
final class WatchedSession {
  /** What no conditional batch may reach. */
  static final int LIMIT = 256 << 10;

  private final CqlSession real;
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger largest = new AtomicInteger();

  WatchedSession(CqlSession real) {
    this.real = real;
  }

  /** The session as a store sees it. */
  CqlSession session() {
    return (CqlSession)
        Proxy.newProxyInstance(
            CqlSession.class.getClassLoader(), new Class<?>[] {CqlSession.class}, this::call);
  }

  /** Conditional batches that lost against another. */
  int refused() {
    return refused.get();
  }

  /** Octets of the largest batch so far. */
  int largest() {
    return largest.get();
  }

  private Object call(Object proxy, Method method, Object[] args) throws Throwable {
    BatchStatement batch =
        method.getName().equals("execute") && args[0] instanceof BatchStatement b ? b : null;
    if (batch != null) {
      int octets = batch.computeSizeInBytes(real.getContext());
      largest.accumulateAndGet(octets, Math::max);
      if (octets >= LIMIT) {
        throw new AssertionError("a batch of " + octets + " octets");
      }
    }
    try {
      Object result = method.invoke(real, args);
      if (batch != null && !((ResultSet) result).wasApplied()) {
        refused.incrementAndGet();
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
