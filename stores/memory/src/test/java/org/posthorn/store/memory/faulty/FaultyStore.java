package org.posthorn.store.memory.faulty;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AccountState;
import org.posthorn.store.Acl;
import org.posthorn.store.Append;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Metadata;
import org.posthorn.store.Quotas;
import org.posthorn.store.Replaced;
import org.posthorn.store.Restoration;
import org.posthorn.store.SearchIndex;
import org.posthorn.store.UrlKeys;

/** Puts a fault before a store: every handle and facet that it gives lies where the fault says. */
final class FaultyStore {
  private static final Set<Class<?>> SPI =
      Set.of(
          MailStore.class,
          Account.class,
          Mailbox.class,
          AppendGroup.class,
          Append.class,
          MessageContent.class,
          AccountDirectory.class,
          AccountState.class,
          Acl.class,
          Metadata.class,
          Quotas.class,
          Restoration.class,
          Restoration.RestoreGroup.class,
          SearchIndex.class,
          UrlKeys.class);

  private final Fault fault;
  private final Map<String, Object> memory = new ConcurrentHashMap<>();

  private FaultyStore(Fault fault) {
    this.fault = fault;
  }

  static MailStore of(MailStore honest, Fault fault) {
    return (MailStore) new FaultyStore(fault).wrapped(MailStore.class, honest);
  }

  private Object wrapped(Class<?> type, Object honest) {
    return Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, new Handle(type, honest));
  }

  private @Nullable Object wrappedIfSpi(@Nullable Object answer) {
    if (answer instanceof Optional<?> optional) {
      return optional.map(this::wrappedIfSpi);
    }
    if (answer == null || isOurs(answer)) {
      return answer;
    }
    for (Class<?> type : SPI) {
      if (type.isInstance(answer)) {
        return wrapped(type, answer);
      }
    }
    return answer;
  }

  private boolean isOurs(Object answer) {
    return Proxy.isProxyClass(answer.getClass())
        && Proxy.getInvocationHandler(answer) instanceof Handle handle
        && handle.store() == this;
  }

  /** The honest handle behind one of ours, so that the store knows its own. */
  private static Object unwrapped(Object argument) {
    if (argument instanceof Optional<?> optional) {
      return optional.map(FaultyStore::unwrapped);
    }
    if (argument instanceof Replaced replaced) {
      return new Replaced((Mailbox) unwrapped(replaced.mailbox()), replaced.uid());
    }
    if (Proxy.isProxyClass(argument.getClass())
        && Proxy.getInvocationHandler(argument) instanceof Handle handle) {
      return handle.honest;
    }
    return argument;
  }

  private final class Handle implements InvocationHandler {
    private final Class<?> type;
    private final Object honest;

    Handle(Class<?> type, Object honest) {
      this.type = type;
      this.honest = honest;
    }

    FaultyStore store() {
      return FaultyStore.this;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      if (method.getDeclaringClass() == Object.class) {
        return ofObject(proxy, method, arguments);
      }
      Object[] plain = arguments == null ? new Object[0] : arguments.clone();
      for (int i = 0; i < plain.length; i++) {
        plain[i] = unwrapped(plain[i]);
      }
      Call call = new Call(honest, method, plain, memory);
      Fault.Lie lie = fault.lie(type.getSimpleName() + "." + method.getName());
      return wrappedIfSpi(lie == null ? call.answer() : lie.tell(call));
    }

    private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
      return switch (method.getName()) {
        case "equals" -> arguments != null && proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> fault + " before " + honest;
      };
    }
  }
}
