package org.posthorn.backup;

import java.util.Map;
import java.util.Set;
import org.posthorn.store.EntryName;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Rights;

/**
 * A mailbox as it travels.
 *
 * @param info without an id where it comes from somewhere that knows of no identities
 * @param uidNext 0 where there are no identities
 * @param highestModSeq 0 where there are no identities
 * @param messages how many will come, 0 where that is not known
 * @param acl rights by identifier
 * @param metadata the owner's private entries and the shared ones; callers do not change the arrays
 */
public record MailboxRecord(
    MailboxInfo info,
    long uidNext,
    long highestModSeq,
    long messages,
    Map<String, Rights> acl,
    Map<EntryName, byte[]> metadata) {
  public MailboxRecord {
    acl = Map.copyOf(acl);
    metadata = Map.copyOf(metadata);
  }

  /** A mailbox of which only the name is known. */
  static MailboxRecord named(MailboxName name, boolean subscribed) {
    return new MailboxRecord(
        new MailboxInfo(name, null, 0, MailboxInfo.State.SELECTABLE, subscribed, false, Set.of()),
        0,
        0,
        0,
        Map.of(),
        Map.of());
  }

  /** Whether UIDs, MODSEQs and the mailbox's id are known. */
  boolean identified() {
    return info.id() != null;
  }
}
