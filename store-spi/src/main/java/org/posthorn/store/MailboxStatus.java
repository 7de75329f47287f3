package org.posthorn.store;

import java.util.EnumMap;
import java.util.Map;

/** Counters of a mailbox: a value for every item asked for. */
public record MailboxStatus(MailboxInfo mailbox, Map<StatusItem, Long> values) {
  public MailboxStatus {
    values = values.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(values));
  }

  public long get(StatusItem item) {
    Long value = values.get(item);
    if (value == null) {
      throw new IllegalArgumentException(item + " was not asked for");
    }
    return value;
  }
}
