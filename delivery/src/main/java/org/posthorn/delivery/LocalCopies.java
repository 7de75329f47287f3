package org.posthorn.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.StoreException;

/**
 * Copies of one message on their way into mailboxes: all are staged before the first becomes
 * visible.
 */
final class LocalCopies implements AutoCloseable {
  private final MailStore store;
  private final List<Account> accounts = new ArrayList<>();
  private final List<AppendGroup> groups = new ArrayList<>();
  private final Set<Resolution.Local> staged = new HashSet<>();

  LocalCopies(MailStore store) {
    this.store = store;
  }

  /** A second address of the same mailbox gets no second copy. */
  void stage(Resolution.Local target, byte[] header, Spool content) throws StoreException {
    if (!staged.add(target)) {
      return;
    }
    Account account = store.open(Identity.delivery(target.account()));
    accounts.add(account);
    AppendGroup group = account.beginAppend(target.mailbox(), Optional.empty());
    groups.add(group);
    long size = header.length + content.size();
    IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain().withSize(size)));
    append.write(ByteBuffer.wrap(header));
    content.copyTo(append::write);
    append.end();
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
