package org.posthorn.store.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.posthorn.store.HintSink;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.WatchSpec;

/** Who wants to hear of an account's changes. Thread-safe. */
final class Watches {
  private record Watch(WatchSpec what, HintSink sink) {
    boolean concerns(Touch touch) {
      if (what instanceof WatchSpec.Subtree subtree) {
        return isWithin(touch.name().segments(), subtree.prefix());
      }
      return what instanceof WatchSpec.Mailboxes some && some.ids().contains(touch.id());
    }

    private static boolean isWithin(List<String> segments, List<String> prefix) {
      return segments.size() >= prefix.size() && segments.subList(0, prefix.size()).equals(prefix);
    }
  }

  private record Touch(MailboxId id, MailboxName name) {}

  /** Which mailboxes a change has touched; told when it is done and the lock is released. */
  static final class Touched {
    private final List<Touch> touches = new ArrayList<>();

    void add(MailboxState mailbox) {
      add(mailbox, mailbox.name());
    }

    /** As add, under a name that the mailbox had or that has no mailbox of its own. */
    void add(MailboxState mailbox, MailboxName name) {
      touches.add(new Touch(mailbox.id, name));
    }
  }

  private final List<Watch> watches = new CopyOnWriteArrayList<>();

  AutoCloseable add(WatchSpec what, HintSink sink) {
    Watch watch = new Watch(what, sink);
    watches.add(watch);
    return () -> removeOnce(watch);
  }

  private void removeOnce(Watch watch) {
    watches.remove(watch);
  }

  void tell(Touched touched) {
    for (Touch touch : touched.touches) {
      for (Watch watch : watches) {
        if (watch.concerns(touch)) {
          watch.sink().hint(touch.id());
        }
      }
    }
  }
}
