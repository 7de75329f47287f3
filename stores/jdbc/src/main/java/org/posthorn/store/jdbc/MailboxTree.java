package org.posthorn.store.jdbc;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.sqlite.Db;
import org.posthorn.store.AccountChanges.Kind;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxInfo.State;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.support.RestoredCounters;

/**
 * CREATE, DELETE, RENAME and LIST within one transaction. Each change gives the rows that hints are
 * due for.
 */
final class MailboxTree {
  /** What these hold is up to a server that searches, not to a mailbox. */
  private static final Set<SpecialUse> VIRTUAL = Set.of(SpecialUse.ALL, SpecialUse.FLAGGED);

  private final AccountMail mail;

  MailboxTree(AccountMail mail) {
    this.mail = mail;
  }

  /** A mailbox before and after it got another name. */
  record Renamed(MailboxRow before, MailboxRow after) {}

  MailboxRow create(Db db, MailboxName name, Set<SpecialUse> use)
      throws SQLException, StoreException {
    MailboxRow present = MailboxRow.find(db, name);
    if (present != null && present.selectable()) {
      throw new StoreException(Code.ALREADY_EXISTS, "there is a mailbox of that name");
    }
    checkUse(use);
    createSuperiors(db, name);
    if (present != null) {
      Mailboxes.delete(db, present, mail.settings.now());
    }
    return insert(db, name, use);
  }

  static void checkIdentity(Db db, MailboxInfo info, MailboxId id)
      throws SQLException, StoreException {
    long other =
        db.number(
            "SELECT 1 FROM mailbox WHERE account = ? AND object_id = ? AND name <> ?",
            db.tenant(),
            id.value(),
            info.name().path());
    if (other != 0) {
      throw new StoreException(Code.ALREADY_EXISTS, "another mailbox has that identity");
    }
  }

  /**
   * A mailbox comes back as it was, instead of what has its name and is given. No quota is asked.
   */
  @Nullable MailboxRow replace(
      Db db, long hidden, MailboxInfo info, MailboxId id, RestoredCounters wanted)
      throws SQLException, StoreException {
    checkIdentity(db, info, id);
    for (MailboxName superior : missingSuperiors(db, info.name())) {
      insertUnasked(db, superior, Set.of());
    }
    MailboxRow present = MailboxRow.find(db, info.name());
    RestoredCounters counters = wanted;
    if (present != null) {
      if (present.uidValidity == info.uidValidity()) {
        counters = wanted.beyond(present.uidNext, present.modSeq);
      }
      Mailboxes.delete(db, present, mail.settings.now());
    }
    HiddenMailbox.show(db, hidden, info, id, counters);
    record(db, Kind.CREATED, info.name(), info.name());
    return present;
  }

  /** The row as it was. */
  MailboxRow delete(Db db, MailboxName name) throws SQLException, StoreException {
    if (name.isInbox()) {
      throw new StoreException(Code.CANNOT, "INBOX cannot be deleted");
    }
    MailboxRow row = MailboxRow.find(db, name);
    if (row == null) {
      throw new StoreException(Code.NONEXISTENT, "no such mailbox");
    }
    boolean inferiors = MailboxRow.hasInferiors(db, name);
    if (inferiors && !row.selectable()) {
      throw new StoreException(Code.HAS_CHILDREN, "the name has inferiors");
    }
    mail.charge(db, QuotaUse.NONE.minus(Use.of(row)));
    Mailboxes.delete(db, row, mail.settings.now());
    if (inferiors) {
      Mailboxes.insertName(db, name);
    }
    record(db, Kind.DELETED, name, name);
    return row;
  }

  List<Renamed> rename(Db db, MailboxName from, MailboxName to)
      throws SQLException, StoreException {
    if (MailboxRow.find(db, from) == null) {
      throw new StoreException(Code.NONEXISTENT, "no such mailbox");
    }
    if (MailboxRow.find(db, to) != null) {
      throw new StoreException(Code.ALREADY_EXISTS, "there is a mailbox of that name");
    }
    if (from.isInbox()) {
      return List.of(renameInbox(db, to));
    }
    if (to.startsWith(from)) {
      throw new StoreException(Code.CANNOT, "a mailbox cannot become its own inferior");
    }
    createSuperiors(db, to);
    List<Renamed> renamed = new ArrayList<>();
    for (MailboxRow row : MailboxRow.subtree(db, from)) {
      MailboxName name = replaced(row.name, from, to);
      db.update("UPDATE mailbox SET name = ? WHERE id = ?", name.path(), row.id);
      record(db, Kind.RENAMED, name, row.name);
      renamed.add(new Renamed(row, MailboxRow.require(db, row.id)));
    }
    return renamed;
  }

  List<MailboxInfo> list(Db db, ListQuery query) throws SQLException {
    List<MailboxRow> rows = MailboxRow.all(db);
    Set<MailboxName> subscribed = Subscriptions.all(db);
    Set<MailboxName> superiors = new HashSet<>();
    for (MailboxRow row : rows) {
      MailboxName parent = row.name.parent();
      if (parent != null) {
        superiors.add(parent);
      }
    }
    List<MailboxInfo> result = new ArrayList<>();
    for (MailboxRow row : rows) {
      boolean isSubscribed = subscribed.remove(row.name);
      if (matches(query, row.name) && (isSubscribed || !query.subscribedOnly())) {
        result.add(Mailboxes.info(row, isSubscribed, superiors.contains(row.name)));
      }
    }
    if (query.subscribedOnly()) {
      for (MailboxName name : subscribed) {
        if (matches(query, name)) {
          result.add(new MailboxInfo(name, null, 0, State.NON_EXISTENT, true, false, Set.of()));
        }
      }
    }
    result.sort(Comparator.comparing(MailboxInfo::name));
    return result;
  }

  private static boolean matches(ListQuery query, MailboxName name) {
    int prefix = query.prefix().size();
    return name.depth() >= prefix
        && name.depth() - prefix <= query.depth()
        && name.segments().subList(0, prefix).equals(query.prefix());
  }

  /** INBOX stays, its messages go (RFC 9051 section 6.3.6). */
  private Renamed renameInbox(Db db, MailboxName to) throws SQLException, StoreException {
    createSuperiors(db, to);
    MailboxRow target = insert(db, to, Set.of());
    MailboxRow inbox = MailboxRow.requireSelectable(db, MailboxName.INBOX);
    new Transfer(mail, db, inbox, target).move(mail.uidSets.at(db, inbox));
    return new Renamed(inbox, target);
  }

  private MailboxRow insert(Db db, MailboxName name, Set<SpecialUse> use)
      throws SQLException, StoreException {
    mail.charge(db, QuotaUse.mailboxes(1));
    return insertUnasked(db, name, use);
  }

  private MailboxRow insertUnasked(Db db, MailboxName name, Set<SpecialUse> use)
      throws SQLException, StoreException {
    if (Mailboxes.count(db) >= mail.settings.mailboxes()) {
      throw new StoreException(Code.LIMIT, "too many mailboxes");
    }
    MailboxRow row = Mailboxes.insert(db, mail.settings.clock(), name, use);
    record(db, Kind.CREATED, name, name);
    return row;
  }

  private void createSuperiors(Db db, MailboxName name) throws SQLException, StoreException {
    for (MailboxName superior : missingSuperiors(db, name)) {
      insert(db, superior, Set.of());
    }
  }

  /** The topmost first. */
  private static Deque<MailboxName> missingSuperiors(Db db, MailboxName name) throws SQLException {
    Deque<MailboxName> missing = new ArrayDeque<>();
    for (MailboxName superior = name.parent();
        superior != null && MailboxRow.find(db, superior) == null;
        superior = superior.parent()) {
      missing.addFirst(superior);
    }
    return missing;
  }

  private static void checkUse(Set<SpecialUse> use) throws StoreException {
    if (!Collections.disjoint(use, VIRTUAL)) {
      throw new StoreException(Code.USE_ATTRIBUTE, "a mailbox cannot have that special use");
    }
  }

  private void record(Db db, Kind kind, MailboxName name, MailboxName oldName) throws SQLException {
    AccountHistory.add(db, mail.settings, kind, name, oldName);
  }

  private static MailboxName replaced(MailboxName name, MailboxName from, MailboxName to)
      throws StoreException {
    try {
      return name.replacePrefix(from, to);
    } catch (InvalidMailboxName tooLong) {
      throw new StoreException(Code.CANNOT, "the name of an inferior would be too long", tooLong);
    }
  }
}
