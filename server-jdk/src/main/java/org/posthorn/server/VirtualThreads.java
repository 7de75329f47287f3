package org.posthorn.server;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Virtual threads where they are worth having: from JDK 24 on, where a blocked {@code synchronized}
 * no longer pins its carrier (JEP 491). Found by reflection, since the library is compiled for JDK
 * 17.
 */
final class VirtualThreads {
  private VirtualThreads() {}

  /** One new virtual thread for each task; empty before JDK 24. */
  static Optional<Executor> perTask() {
    if (Runtime.version().feature() < 24) {
      return Optional.empty();
    }
    try {
      Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
      return Optional.of(task -> start(start, task));
    } catch (NoSuchMethodException e) {
      throw new LinkageError("JDK 24 without virtual threads", e);
    }
  }

  private static void start(Method start, Runnable task) {
    try {
      start.invoke(null, task);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("virtual threads", e);
    }
  }
}
