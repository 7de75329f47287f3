package org.posthorn.imap.fetch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import org.posthorn.mime.MessageIndex;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Page;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/**
 * A mailbox whose rows lack their index, and some of whose messages vanish before they are read.
 */
final class FailingMailbox {

  private final Mailbox real;

  /** Indexes that were given to the store. */
  final Map<Long, MessageIndex> renewed = new TreeMap<>();

  /** The message whose octets are gone. */
  long goneUid;

  /** What giving an index fails with. */
  StoreException.Code renewalFailure = StoreException.Code.FAULT;

  boolean renewalFails;

  FailingMailbox(Mailbox real) {
    this.real = real;
  }

  Mailbox mailbox() {
    Class<?>[] types = {Mailbox.class};
    return (Mailbox)
        Proxy.newProxyInstance(
            Mailbox.class.getClassLoader(),
            types,
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "content" -> content((long) arguments[0]);
                  case "putIndex" -> putIndex((long) arguments[0], (MessageIndex) arguments[1]);
                  default -> pass(method, arguments);
                });
  }

  private Object pass(Method method, Object[] arguments) throws Throwable {
    try {
      Object result = method.invoke(real, arguments);
      return result instanceof Page page ? withoutIndex(page) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private MessageContent content(long uid) throws StoreException {
    if (uid == goneUid) {
      throw new StoreException(StoreException.Code.EXPUNGED, "gone");
    }
    return real.content(uid);
  }

  private Object putIndex(long uid, MessageIndex index) throws StoreException {
    if (renewalFails) {
      throw new StoreException(renewalFailure, "no");
    }
    return renewed.put(uid, index);
  }

  private static Page withoutIndex(Page page) {
    return new Page(page.rows().stream().map(FailingMailbox::withoutIndex).toList(), page.next());
  }

  private static Row withoutIndex(Row row) {
    return new Row(
        row.uid(),
        row.modSeq(),
        row.flags(),
        row.size(),
        row.internalDate(),
        row.saveDate(),
        row.emailId(),
        row.threadId(),
        null);
  }
}
