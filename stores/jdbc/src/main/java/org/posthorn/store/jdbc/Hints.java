package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.store.HintSink;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.WatchSpec;
import org.posthorn.store.support.HintBus;

/** Who wants to hear of changes in one account. Thread-safe. */
final class Hints {
  /** Not a record: two watches with the same wish are still two. */
  private static final class Watch {
    private final WatchSpec spec;
    private final HintSink sink;

    Watch(WatchSpec spec, HintSink sink) {
      this.spec = spec;
      this.sink = sink;
    }

    boolean wants(MailboxId id, MailboxName name) {
      if (spec instanceof WatchSpec.Mailboxes mailboxes) {
        return mailboxes.ids().contains(id);
      }
      List<String> prefix = ((WatchSpec.Subtree) spec).prefix();
      return name.depth() >= prefix.size()
          && name.segments().subList(0, prefix.size()).equals(prefix);
    }
  }

  /** A name whose mailbox, or whose being there, changed. */
  record Change(MailboxId id, MailboxName name) {
    static Change of(Db db, MailboxRow row) throws SQLException, StoreException {
      return of(db, row, row.name);
    }

    /** A name without a mailbox has no identity; its change is hinted at as one of INBOX. */
    static Change of(Db db, @Nullable MailboxRow row, MailboxName name)
        throws SQLException, StoreException {
      MailboxId id = row == null ? null : row.objectId;
      return new Change(
          id != null ? id : MailboxRow.requireSelectable(db, MailboxName.INBOX).requireId(), name);
    }
  }

  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final long account;
  private final HintBus elsewhere;

  Hints(long account, HintBus elsewhere) {
    this.account = account;
    this.elsewhere = elsewhere;
  }

  /** Returns what ends the watch. */
  Runnable add(WatchSpec spec, HintSink sink) {
    Watch watch = new Watch(spec, sink);
    watches.add(watch);
    Runnable away = elsewhere.watched(Long.toString(account), spec);
    return () -> {
      watches.remove(watch);
      away.run();
    };
  }

  void tell(List<Change> changes) {
    for (Change change : changes) {
      changed(change.id(), change.name());
    }
  }

  void changed(MailboxRow mailbox) {
    if (mailbox.objectId != null) {
      changed(mailbox.objectId, mailbox.name);
    }
  }

  void changed(MailboxId id, MailboxName name) {
    heard(id, name);
    elsewhere.tell(Long.toString(account), id, name);
  }

  /** Every mailbox that is watched by its identity may have changed, or be gone. */
  void heardOfNamed() {
    for (Watch watch : watches) {
      if (watch.spec instanceof WatchSpec.Mailboxes mailboxes) {
        mailboxes.ids().forEach(watch.sink::hint);
      }
    }
  }

  /** Nobody knows what was missed: everything may have changed. */
  void heardOfAll(AccountMail mail) {
    if (watches.isEmpty()) {
      return;
    }
    heardOfNamed();
    try {
      for (MailboxRow row : mail.read(MailboxRow::all)) {
        if (row.objectId != null) {
          heard(row.objectId, row.name);
        }
      }
    } catch (StoreException e) {
      System.getLogger(Hints.class.getName())
          .log(System.Logger.Level.WARNING, "an account could not be looked at for changes", e);
    }
  }

  /** Another process changed something. */
  void heard(MailboxId id, MailboxName name) {
    for (Watch watch : watches) {
      if (watch.wants(id, name)) {
        watch.sink.hint(id);
      }
    }
  }
}
