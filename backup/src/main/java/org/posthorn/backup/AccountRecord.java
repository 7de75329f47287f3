package org.posthorn.backup;

import java.util.List;
import java.util.Map;
import org.posthorn.store.EntryName;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaLimits;

/**
 * What an account has besides its mailboxes.
 *
 * @param metadata its private entries on the server; callers do not change the arrays
 * @param limits of its own quota root; {@link QuotaLimits#UNLIMITED} also where that is not known
 * @param elsewhere what it keeps about mailboxes of others
 */
public record AccountRecord(
    Map<EntryName, byte[]> metadata, QuotaLimits limits, List<Elsewhere> elsewhere) {
  /** Of an account of which nothing is known. */
  public static final AccountRecord NONE =
      new AccountRecord(Map.of(), QuotaLimits.UNLIMITED, List.of());

  /**
   * What an account keeps about a mailbox that is another one's.
   *
   * @param name as the account sees it
   * @param metadata private entries; callers do not change the arrays
   */
  public record Elsewhere(MailboxName name, boolean subscribed, Map<EntryName, byte[]> metadata) {
    public Elsewhere {
      metadata = Map.copyOf(metadata);
    }
  }

  public AccountRecord {
    metadata = Map.copyOf(metadata);
    elsewhere = List.copyOf(elsewhere);
  }
}
