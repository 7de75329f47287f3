package org.posthorn.imap.fetch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.posthorn.store.Mailbox;

/** A mailbox of which only rows may be had: opening a message fails the test. */
public final class UnreadMailbox {

  private UnreadMailbox() {}

  /** The mailbox without its contents. */
  public static Mailbox of(Mailbox real) {
    Class<?>[] types = {Mailbox.class};
    return (Mailbox)
        Proxy.newProxyInstance(
            Mailbox.class.getClassLoader(),
            types,
            (proxy, method, arguments) -> {
              if (method.getName().equals("content")) {
                throw new AssertionError("message " + arguments[0] + " was opened");
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
