package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.posthorn.sqlite.Db;
import org.posthorn.sqlite.Work;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountChanges;
import org.posthorn.store.AccountChanges.Kind;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.HintSink;
import org.posthorn.store.Identity;
import org.posthorn.store.ListQuery;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.Namespaces;
import org.posthorn.store.Replaced;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.WatchSpec;

/** The account of one identity. Holds no connection. */
final class JdbcAccount implements Account {
  private final AccountMail mail;
  private final MailboxTree tree;
  private final Identity identity;
  private volatile boolean closed;

  /** The file is retained for this handle. */
  JdbcAccount(AccountMail mail, Identity identity) {
    this.mail = mail;
    this.tree = new MailboxTree(mail);
    this.identity = identity;
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public Namespaces namespaces() {
    return Namespaces.PERSONAL_ONLY;
  }

  @Override
  public List<MailboxInfo> list(ListQuery query) throws StoreException {
    checkOpen();
    return mail.read(db -> tree.list(db, query));
  }

  @Override
  public MailboxStatus status(MailboxName name, Set<StatusItem> items) throws StoreException {
    checkOpen();
    LastDestination.Known known = items.isEmpty() ? mail.destination.known(name) : null;
    if (known != null) {
      return new MailboxStatus(known.info(), Map.of());
    }
    return mail.read(
        db -> {
          MailboxRow row = MailboxRow.requireSelectable(db, name);
          Map<StatusItem, Long> values = new EnumMap<>(StatusItem.class);
          for (StatusItem item : items) {
            values.put(item, value(db, row, item));
          }
          return new MailboxStatus(Mailboxes.info(db, row), values);
        });
  }

  private static long value(Db db, MailboxRow row, StatusItem item) throws SQLException {
    return switch (item) {
      case MESSAGES -> row.messages;
      case RECENT ->
          db.number(
              "SELECT count(*) FROM message WHERE mailbox = ? AND uid >= ?",
              row.id,
              row.recentFrom);
      case UIDNEXT -> row.uidNext;
      case UIDVALIDITY -> row.uidValidity;
      case UNSEEN -> row.unseen;
      case DELETED -> row.deleted;
      case SIZE -> row.octets;
      case DELETED_STORAGE -> row.deletedOctets;
      case HIGHESTMODSEQ -> row.modSeq;
    };
  }

  @Override
  public MailboxInfo create(MailboxName name, Set<SpecialUse> use) throws StoreException {
    checkOpen();
    MailboxRow[] created = new MailboxRow[1];
    MailboxInfo info =
        mail.writeNames(
            db -> {
              created[0] = tree.create(db, name, use);
              return Mailboxes.info(db, created[0]);
            });
    mail.hints.changed(created[0]);
    return info;
  }

  @Override
  public void delete(MailboxName name) throws StoreException {
    checkOpen();
    mail.hints.tell(
        mail.writeNames(
            db -> {
              MailboxRow deleted = tree.delete(db, name);
              return List.of(Hints.Change.of(db, deleted));
            }));
  }

  @Override
  public void rename(MailboxName from, MailboxName to) throws StoreException {
    checkOpen();
    mail.hints.tell(
        mail.writeNames(
            db -> {
              List<Hints.Change> changes = new ArrayList<>();
              for (MailboxTree.Renamed renamed : tree.rename(db, from, to)) {
                changes.add(Hints.Change.of(db, renamed.before()));
                changes.add(Hints.Change.of(db, renamed.after()));
              }
              return changes;
            }));
  }

  @Override
  public void subscribe(MailboxName name) throws StoreException {
    subscription(
        db -> {
          boolean added = Subscriptions.add(db, name);
          if (added) {
            if (Subscriptions.count(db) > mail.settings.mailboxes()) {
              throw new StoreException(Code.LIMIT, "too many subscriptions");
            }
            AccountHistory.add(db, mail.settings, Kind.SUBSCRIBED, name, name);
          }
          return added;
        },
        name);
  }

  @Override
  public void unsubscribe(MailboxName name) throws StoreException {
    subscription(
        db -> {
          boolean removed = Subscriptions.remove(db, name);
          if (removed) {
            AccountHistory.add(db, mail.settings, Kind.UNSUBSCRIBED, name, name);
          }
          return removed;
        },
        name);
  }

  private void subscription(Work<Boolean> change, MailboxName name) throws StoreException {
    checkOpen();
    mail.hints.tell(
        mail.writeNames(
            db ->
                change.run(db)
                    ? List.of(Hints.Change.of(db, MailboxRow.find(db, name), name))
                    : List.of()));
  }

  private record Found(long row, MailboxInfo info) {}

  @Override
  public Mailbox open(MailboxName name, Access access) throws StoreException {
    checkOpen();
    Found found =
        mail.read(
            db -> {
              MailboxRow row = MailboxRow.requireSelectable(db, name);
              return new Found(row.id, Mailboxes.info(db, row));
            });
    Mailbox mailbox = new JdbcMailbox(mail, found.row, found.info, access);
    mail.retain();
    return mailbox;
  }

  @Override
  public AppendGroup beginAppend(MailboxName destination, Optional<Replaced> replaces)
      throws StoreException {
    checkOpen();
    AppendGroup group =
        new JdbcAppendGroup(mail, mail.destination.find(mail, destination).row(), replaces);
    mail.retain();
    return group;
  }

  @Override
  public boolean beginsAppendAtOnce(MailboxName destination) {
    return mail.destination.known(destination) != null && mail.hasNoQuota();
  }

  @Override
  public AutoCloseable watch(WatchSpec what, HintSink sink) throws StoreException {
    checkOpen();
    mail.retain();
    Runnable end = mail.hints.add(what, sink);
    AtomicBoolean ended = new AtomicBoolean();
    return () -> {
      if (ended.compareAndSet(false, true)) {
        end.run();
        mail.release();
      }
    };
  }

  @Override
  public AccountChanges changesSince(long accountSeq, int max) throws StoreException {
    checkOpen();
    return mail.read(db -> AccountHistory.since(db, accountSeq, max));
  }

  private void checkOpen() throws StoreException {
    if (closed) {
      throw new StoreException(Code.FAULT, "the account was closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      mail.release();
    }
  }
}
