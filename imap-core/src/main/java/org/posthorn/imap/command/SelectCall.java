package org.posthorn.imap.command;

import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Acl;
import org.posthorn.store.HintSink;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Rights;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.WatchSpec;

/**
 * Opens a mailbox and looks at it: hints first, so that nothing falls between.
 *
 * @param acl null where the store knows no rights
 */
record SelectCall(
    Account account, @Nullable Acl acl, MailboxName name, boolean readOnly, HintSink hints)
    implements StoreCall<SelectCall.Opened> {

  /** What came of it. Whoever does not use it closes it. */
  record Opened(
      Mailbox mailbox,
      AutoCloseable watch,
      boolean readOnly,
      Rights rights,
      Snapshot snapshot,
      long firstRecent)
      implements AutoCloseable {
    @Override
    public void close() throws StoreException {
      SelectCall.close(mailbox, watch);
    }
  }

  @Override
  public Opened invoke(CallContext context) throws StoreException {
    Mailbox mailbox = open();
    @Nullable AutoCloseable watch = null;
    boolean done = false;
    try {
      MailboxId id = mailbox.info().id();
      if (id == null) {
        throw new StoreException(StoreException.Code.CANNOT, "Mailbox cannot be selected");
      }
      watch = account.watch(WatchSpec.mailbox(id), hints);
      Snapshot snapshot = mailbox.snapshot();
      // Opened for reading it only tells: EXAMINE leaves \Recent to others.
      long firstRecent = mailbox.claimRecent();
      Opened opened =
          new Opened(
              mailbox,
              watch,
              mailbox.access() == Access.READ,
              rights(mailbox),
              snapshot,
              firstRecent);
      done = true;
      return opened;
    } finally {
      if (!done) {
        close(mailbox, watch);
      }
    }
  }

  private static void close(Mailbox mailbox, @Nullable AutoCloseable watch) throws StoreException {
    try (mailbox;
        watch) {
      // Both are, whichever fails.
    } catch (StoreException e) {
      throw e;
    } catch (Exception e) {
      throw StoreException.of(e);
    }
  }

  @Override
  public Lane lane() {
    return Lane.STORE;
  }

  private Rights rights(Mailbox mailbox) throws StoreException {
    return acl == null || mailbox.access() == Access.READ
        ? Rights.ALL
        : acl.mine(account.identity(), name);
  }

  /** Who may not write is shown the mailbox read-only (RFC 3501 section 6.3.1). */
  private Mailbox open() throws StoreException {
    if (readOnly) {
      return account.open(name, Access.READ);
    }
    try {
      return account.open(name, Access.WRITE);
    } catch (StoreException e) {
      return switch (e.code()) {
        case NO_PERMISSION, READ_ONLY -> account.open(name, Access.READ);
        default -> throw e;
      };
    }
  }
}
