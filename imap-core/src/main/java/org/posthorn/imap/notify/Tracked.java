package org.posthorn.imap.notify;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.EntryName;
import org.posthorn.store.MailboxInfo;

/**
 * What the client knows of one watched name. Immutable.
 *
 * @param counters null as long as nobody looked, or where it may not be read
 * @param noAccess whether the client was told that it may not be read
 * @param entries digests of the metadata; null as long as nobody looked
 */
record Tracked(
    MailboxInfo info,
    @Nullable Counters counters,
    boolean noAccess,
    @Nullable Map<EntryName, Long> entries) {

  static Tracked of(MailboxInfo info) {
    return new Tracked(info, null, false, null);
  }

  Tracked with(MailboxInfo newInfo) {
    return new Tracked(newInfo, counters, noAccess, entries);
  }

  Tracked with(Counters newCounters) {
    return new Tracked(info, newCounters, false, entries);
  }

  Tracked with(@Nullable Map<EntryName, Long> newEntries) {
    return newEntries == null ? this : new Tracked(info, counters, noAccess, newEntries);
  }

  Tracked withoutAccess() {
    return new Tracked(info, null, true, null);
  }
}
