package org.posthorn.store.memory.faulty;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/** A call of the SPI on its way to the honest store, for a fault to bend. */
final class Call {
  private final Object target;
  private final Method method;
  private final Object[] arguments;
  private final Map<String, Object> memory;

  Call(Object target, Method method, Object[] arguments, Map<String, Object> memory) {
    this.target = target;
    this.method = method;
    this.arguments = arguments;
    this.memory = memory;
  }

  /** What is remembered about the store, over all its handles. */
  Map<String, Object> memory() {
    return memory;
  }

  <T> T target(Class<T> type) {
    return type.cast(target);
  }

  <T> T argument(int number, Class<T> type) {
    return type.cast(arguments[number]);
  }

  Call with(int number, Object argument) {
    Object[] changed = arguments.clone();
    changed[number] = argument;
    return new Call(target, method, changed, memory);
  }

  /** What the honest store answers. */
  @Nullable Object answer() throws StoreException {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof StoreException refused) {
        throw refused;
      }
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw new AssertionError(e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  <T> T answer(Class<T> type) throws StoreException {
    return type.cast(answer());
  }
}
