package org.posthorn.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthorn.delivery.DeliveryPlan.Copy;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Copies of one message on their way into mailboxes: all are staged before the first becomes
 * visible.
 */
final class LocalCopies implements AutoCloseable {
  private final MailStore store;
  private final List<Account> accounts = new ArrayList<>();
  private final List<AppendGroup> groups = new ArrayList<>();
  private final Set<Place> staged = new HashSet<>();

  private record Place(String account, MailboxName mailbox) {}

  LocalCopies(MailStore store) {
    this.store = store;
  }

  /**
   * Stages one copy; a second address of the same mailbox gets no second one.
   *
   * @param missing what to do where there is no such mailbox
   */
  void stage(Copy copy, byte[] header, Spool content, MissingFolder missing) throws StoreException {
    if (!staged.add(new Place(copy.account(), copy.mailbox()))) {
      return;
    }
    Account account = store.open(Identity.delivery(copy.account()));
    accounts.add(account);
    AppendGroup group = begin(account, copy.mailbox(), missing);
    groups.add(group);
    AppendSpec spec =
        AppendSpec.plain().withSize(header.length + content.size()).withFlags(copy.flags());
    IndexingAppend append = new IndexingAppend(group.next(spec));
    append.write(ByteBuffer.wrap(header));
    content.copyTo(append::write);
    append.end();
  }

  private static AppendGroup begin(Account account, MailboxName mailbox, MissingFolder missing)
      throws StoreException {
    try {
      return account.beginAppend(mailbox, Optional.empty());
    } catch (StoreException e) {
      boolean absent = e.code() == Code.NONEXISTENT || e.code() == Code.CANNOT;
      if (mailbox.isInbox() || !absent) {
        throw e;
      }
      return account.beginAppend(made(account, mailbox, missing), Optional.empty());
    }
  }

  /** A folder that cannot be made is no reason to lose the mail. */
  private static MailboxName made(Account account, MailboxName mailbox, MissingFolder missing)
      throws StoreException {
    if (missing == MissingFolder.INBOX) {
      return MailboxName.INBOX;
    }
    try {
      account.create(mailbox, Set.of());
      return mailbox;
    } catch (StoreException e) {
      return e.code() == Code.ALREADY_EXISTS ? mailbox : MailboxName.INBOX;
    }
  }

  void commit() throws StoreException {
    for (AppendGroup group : groups) {
      group.commit();
    }
  }

  @Override
  public void close() throws StoreException {
    StoreException first = null;
    List<AutoCloseable> handles = new ArrayList<>(groups);
    handles.addAll(accounts);
    for (AutoCloseable handle : handles) {
      try {
        handle.close();
      } catch (Exception e) {
        if (first == null) {
          first = StoreException.of(e);
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
