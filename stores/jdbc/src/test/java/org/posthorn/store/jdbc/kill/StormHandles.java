package org.posthorn.store.jdbc.kill;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Replaced;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** What one worker has open. */
final class StormHandles {
  private final MailStore store;
  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<StormPlace, Mailbox> mailboxes = new HashMap<>();

  StormHandles(MailStore store) {
    this.store = store;
  }

  Account account(String owner) throws StoreException {
    Account account = accounts.get(owner);
    if (account == null) {
      account = store.open(Identity.owner(owner));
      accounts.put(owner, account);
    }
    return account;
  }

  Mailbox mailbox(StormPlace place) throws StoreException {
    Mailbox mailbox = mailboxes.get(place);
    if (mailbox == null) {
      mailbox = account(place.owner()).open(place.name(), Access.WRITE);
      mailboxes.put(place, mailbox);
    }
    return mailbox;
  }

  /** The mailbox is gone, or has another name. */
  void forget(StormPlace place) throws StoreException {
    Mailbox mailbox = mailboxes.remove(place);
    if (mailbox != null) {
      mailbox.close();
    }
  }

  Replaced replaced(StormPlace place, long uid) throws StoreException {
    return new Replaced(mailbox(place), uid);
  }

  /** Messages of one group. */
  Appended append(StormPlace to, List<String> tags, Optional<Replaced> replaces)
      throws StoreException {
    try (AppendGroup group = account(to.owner()).beginAppend(to.name(), replaces)) {
      for (String tag : tags) {
        IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
        append.write(ByteBuffer.wrap(StormMessage.octets(tag)));
        append.end();
      }
      return group.commit();
    }
  }

  /** The greatest MODSEQ of messages that nobody else changes. */
  long modSeq(StormPlace place, UidSet uids) throws StoreException {
    long greatest = 0;
    for (Row row : mailbox(place).list(uids, PageLimit.DEFAULT, Set.of()).rows()) {
      greatest = Math.max(greatest, row.modSeq());
    }
    return greatest;
  }
}
