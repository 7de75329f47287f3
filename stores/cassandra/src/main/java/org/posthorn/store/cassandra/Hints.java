package org.posthorn.store.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.posthorn.store.HintSink;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.WatchSpec;
import org.posthorn.store.support.HintBus;

/** Who wants to hear of changes, by account. Thread-safe. */
final class Hints implements HintBus.Ear {
  private static final class Watch {
    private final WatchSpec spec;
    private final HintSink sink;

    Watch(WatchSpec spec, HintSink sink) {
      this.spec = spec;
      this.sink = sink;
    }

    boolean wants(MailboxId id, MailboxName name) {
      if (spec instanceof WatchSpec.Mailboxes mailboxes) {
        return mailboxes.ids().contains(id);
      }
      List<String> prefix = ((WatchSpec.Subtree) spec).prefix();
      return name.depth() >= prefix.size()
          && name.segments().subList(0, prefix.size()).equals(prefix);
    }
  }

  private final Map<String, List<Watch>> watches = new ConcurrentHashMap<>();
  private final HintBus bus;

  Hints(HintBus bus) {
    this.bus = bus;
  }

  /** Returns what ends the watch. */
  Runnable add(String account, WatchSpec spec, HintSink sink) {
    Watch watch = new Watch(spec, sink);
    watches.computeIfAbsent(account, a -> new CopyOnWriteArrayList<>()).add(watch);
    Runnable away = bus.watched(account, spec);
    return () -> {
      away.run();
      watches.computeIfPresent(
          account,
          (name, list) -> {
            list.remove(watch);
            return list.isEmpty() ? null : list;
          });
    };
  }

  /** Something was changed here. */
  void tell(String account, MailboxId id, MailboxName name) {
    heard(account, id, name);
    bus.tell(account, id, name);
  }

  @Override
  public void heard(String account, MailboxId id, MailboxName name) {
    for (Watch watch : watches.getOrDefault(account, List.of())) {
      if (watch.wants(id, name)) {
        watch.sink.hint(id);
      }
    }
  }

  @Override
  public void mayHaveMissed() {
    for (List<Watch> all : new ArrayList<>(watches.values())) {
      for (Watch watch : all) {
        if (watch.spec instanceof WatchSpec.Mailboxes mailboxes) {
          mailboxes.ids().forEach(watch.sink::hint);
        }
      }
    }
  }
}
