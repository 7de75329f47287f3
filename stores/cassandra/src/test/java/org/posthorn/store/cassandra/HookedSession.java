package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.posthorn.store.StoreException;

/** A session that does something before each statement is sent. */
final class HookedSession {
  interface Hook {
    void before(BoundStatement statement) throws StoreException;
  }

  private final CqlSession real;
  private volatile Hook hook = statement -> {};

  HookedSession(CqlSession real) {
    this.real = real;
  }

  /** The session as a store sees it. */
  CqlSession session() {
    return (CqlSession)
        Proxy.newProxyInstance(
            CqlSession.class.getClassLoader(), new Class<?>[] {CqlSession.class}, this::call);
  }

  /** From now on this. */
  void before(Hook newHook) {
    hook = newHook;
  }

  /** From now on statements with these words are refused. */
  void refuse(String words) {
    hook =
        statement -> {
          if (text(statement).contains(words)) {
            throw refusal();
          }
        };
  }

  /** What makes a statement fail at once, as the node that got it would. */
  InvalidQueryException refusal() {
    return new InvalidQueryException(
        real.getMetadata().getNodes().values().iterator().next(), "refused by the test");
  }

  static String text(BoundStatement statement) {
    return statement.getPreparedStatement().getQuery();
  }

  private Object call(Object proxy, Method method, Object[] args) throws Throwable {
    if (method.getName().startsWith("execute") && args[0] instanceof BatchStatement batch) {
      for (BatchableStatement<?> statement : batch) {
        if (statement instanceof BoundStatement bound) {
          hook.before(bound);
        }
      }
    } else if (method.getName().startsWith("execute") && args[0] instanceof BoundStatement bound) {
      hook.before(bound);
    }
    try {
      return method.invoke(real, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
