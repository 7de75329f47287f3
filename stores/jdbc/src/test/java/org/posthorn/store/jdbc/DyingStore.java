package org.posthorn.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;
import org.posthorn.testkit.store.CrashingStore;

/**
 * SQLite files used by a process that dies before a statement that changes something, before a
 * commit, or after it and before anybody hears of it. What was not committed is rolled back, as by
 * whoever opens the files next.
 */
final class DyingStore implements CrashingStore {
  private final JdbcStore store;
  private int left = Integer.MAX_VALUE;

  DyingStore(Path directory, SqliteStore.Builder how) throws StoreException {
    Settings settings = how.settings(Duration.ZERO);
    store =
        JdbcStore.open(new SqliteEngine(directory, settings, 2, 0, false, this::mortal), settings);
  }

  private interface Handler<T> {
    @Nullable Object call(T real, Method method, Object @Nullable [] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, T real, Handler<T> handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> handler.call(real, method, arguments)));
  }

  private static @Nullable Object invoke(Object real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Connection mortal(Connection real) {
    return proxy(Connection.class, real, new OfConnection()::call);
  }

  private final class OfConnection {
    /** Whether there is something to be committed. */
    private boolean changed;

    @Nullable Object call(Connection real, Method method, Object @Nullable [] arguments)
        throws Throwable {
      if (method.getName().equals("close")) {
        return invoke(real, method, arguments);
      }
      checkAlive();
      boolean commit =
          changed
              && method.getName().equals("setAutoCommit")
              && real.getAutoCommit() != isTrue(arguments);
      if (commit) {
        step();
      }
      Object answer = invoke(real, method, arguments);
      if (commit) {
        changed = false;
        step();
      }
      return answer instanceof PreparedStatement statement
          ? proxy(PreparedStatement.class, statement, this::callStatement)
          : answer;
    }

    private boolean isTrue(Object @Nullable [] arguments) {
      return arguments != null && Boolean.TRUE.equals(arguments[0]);
    }

    private @Nullable Object callStatement(
        PreparedStatement real, Method method, Object @Nullable [] arguments) throws Throwable {
      checkAlive();
      if (method.getName().equals("executeUpdate") || method.getName().equals("execute")) {
        step();
        changed = true;
      }
      return invoke(real, method, arguments);
    }
  }

  private void checkAlive() throws SQLException {
    if (left < 0) {
      throw new SQLException("dead");
    }
  }

  private void step() throws SQLException {
    left--;
    checkAlive();
  }

  @Override
  public MailStore store() {
    return store;
  }

  @Override
  public void dieAfter(int steps) {
    left = steps;
  }

  @Override
  public void revive() {
    throw new UnsupportedOperationException("one process has the directory for itself");
  }

  @Override
  public void close() throws StoreException {
    try {
      store.close();
    } catch (StoreException e) {
      if (left >= 0) {
        throw e;
      }
      // The dead write nothing any more.
    }
  }
}
