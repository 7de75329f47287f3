package org.posthorn.imap.metadata;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.posthorn.store.Account;
import org.posthorn.store.EntryName;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;

/**
 * The entry that shows the special use of a mailbox (RFC 6154 section 4). It follows what CREATE
 * said and cannot be set.
 */
final class SpecialUseEntry {
  static final EntryName NAME = new EntryName("/private/specialuse");

  private SpecialUseEntry() {}

  /** Puts it to the other entries where the mailbox has a special use. */
  static void addTo(Map<EntryName, byte[]> entries, Account account, MailboxName name)
      throws StoreException {
    Optional<String> uses = uses(account, name);
    entries.remove(NAME);
    uses.ifPresent(text -> entries.put(NAME, text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Optional<String> uses(Account account, MailboxName name) throws StoreException {
    int depth = name.depth();
    ListQuery around = new ListQuery(name.segments().subList(0, depth - 1), 1, false);
    for (MailboxInfo mailbox : account.list(around)) {
      if (mailbox.name().equals(name) && !mailbox.specialUse().isEmpty()) {
        StringJoiner words = new StringJoiner(" ");
        for (SpecialUse use : EnumSet.copyOf(mailbox.specialUse())) {
          words.add(use.attribute());
        }
        return Optional.of(words.toString());
      }
    }
    return Optional.empty();
  }
}
