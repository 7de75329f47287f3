package org.posthorn.store.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.posthorn.store.support.ThreadKeys;

/** The threads of an account's messages (RFC 8474 section 5.2). Guarded by the account's lock. */
final class Threads {
  /** Messages that belong together; forgotten when the last of them is gone. */
  final class Discussion {
    private final String id;
    private final List<String> keys = new ArrayList<>();
    private long messages;

    private Discussion(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }

    void hold() {
      messages++;
    }

    void release() {
      if (--messages == 0) {
        byKey.keySet().removeAll(keys);
        byId.remove(id);
      }
    }
  }

  private final Supplier<String> newIds;
  private final Map<String, Discussion> byKey = new HashMap<>();
  private final Map<String, Discussion> byId = new HashMap<>();

  Threads(Supplier<String> newIds) {
    this.newIds = newIds;
  }

  /** The thread of a message that is about to come. */
  Discussion of(Body body) {
    List<String> keys = ThreadKeys.of(body.index());
    Discussion thread = null;
    for (int i = 0; i < keys.size() && thread == null; i++) {
      thread = byKey.get(keys.get(i));
    }
    if (thread == null) {
      thread = withId(newIds.get());
    }
    note(keys, thread);
    return thread;
  }

  /** The thread that a message from somewhere else had there. */
  Discussion restored(Body body, String id) {
    Discussion thread = withId(id);
    note(ThreadKeys.of(body.index()), thread);
    return thread;
  }

  private Discussion withId(String id) {
    return byId.computeIfAbsent(id, Discussion::new);
  }

  private void note(List<String> keys, Discussion thread) {
    for (String key : keys) {
      if (byKey.putIfAbsent(key, thread) == null) {
        thread.keys.add(key);
      }
    }
  }
}
