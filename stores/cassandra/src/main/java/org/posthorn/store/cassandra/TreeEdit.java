package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.AccountChanges.Kind;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** A change of an account's names on its way; it becomes one conditional batch. */
final class TreeEdit {
  /** Statements in one batch. */
  private static final int MOST = 1_200;

  /** Octets of the names in one batch, which keeps it under 256 KiB. */
  private static final int MOST_OCTETS = 160 << 10;

  /** What a row takes beside its names. */
  private static final int ROW_OCTETS = 100;

  final Tree before;
  final UUID token = Ids.token();
  final TreeMap<MailboxName, Tree.Node> names;
  final Set<MailboxName> subscribed;

  /** New mailboxes, which have to be made before the names lead to them. */
  final List<String> created = new ArrayList<>();

  final List<String> doomed;

  private final Cql cql;
  private final Settings settings;
  private final List<BoundStatement> rows = new ArrayList<>();
  private boolean there;
  private long uidValidity;
  private long lastChange;
  private long floor;
  private @Nullable Undone undone;
  private int octets;

  TreeEdit(Cql cql, Settings settings, Tree before) {
    this.cql = cql;
    this.settings = settings;
    this.before = before;
    this.names = new TreeMap<>(before.names);
    this.subscribed = new TreeSet<>(before.subscribed);
    this.doomed = new ArrayList<>(before.doomed);
    this.there = before.there;
    this.uidValidity = before.uidValidity;
    this.lastChange = before.lastChange;
    this.floor = before.floor;
  }

  boolean isEmpty() {
    return rows.isEmpty() && there == before.there && undone == before.undone;
  }

  Tree after() {
    return new Tree(
        before.account,
        token,
        there,
        uidValidity,
        lastChange,
        floor,
        names,
        subscribed,
        doomed,
        undone);
  }

  /** Whether the rest had better go into another batch. */
  private boolean isFull() {
    return rows.size() > MOST / 2 || octets > MOST_OCTETS;
  }

  /** Whether this is the first of several batches. */
  boolean isUnfinished() {
    return undone != null;
  }

  /** The account comes, with an INBOX. */
  void open() throws StoreException {
    there = true;
    create(MailboxName.INBOX, Set.of());
  }

  /** The account goes with all that it has. */
  void close() throws StoreException {
    there = false;
    undone = null;
    for (MailboxName name : List.copyOf(names.keySet())) {
      if (isFull()) {
        undone = new Undone.Close();
        return;
      }
      remove(name);
    }
    for (MailboxName name : List.copyOf(subscribed)) {
      if (isFull()) {
        undone = new Undone.Close();
        return;
      }
      unsubscribe(name);
    }
  }

  /** A name and its inferiors, as many as go into one batch. */
  void renameAll(MailboxName from, MailboxName to) throws StoreException {
    undone = null;
    for (MailboxName name : before.family(from)) {
      if (isFull()) {
        undone = new Undone.Rename(from, to);
        return;
      }
      rename(name, renamed(name, from, to));
    }
  }

  /** INBOX stays; a new mailbox is to get what it has below a UID. */
  void renameInbox(MailboxName to, long uidNext) throws StoreException {
    create(to, Set.of());
    undone = new Undone.Inbox(to, uidNext);
  }

  /** CANNOT, where the new name of an inferior would be too long. */
  static MailboxName renamed(MailboxName name, MailboxName from, MailboxName to)
      throws StoreException {
    try {
      return name.replacePrefix(from, to);
    } catch (InvalidMailboxName tooLong) {
      throw new StoreException(Code.CANNOT, "the name of an inferior would be too long", tooLong);
    }
  }

  /** Takes one more step of what was decided. */
  void proceed() throws StoreException {
    if (before.undone instanceof Undone.Rename rename) {
      renameAll(rename.from(), rename.to());
    } else if (before.undone instanceof Undone.Close) {
      close();
    }
  }

  /** A new mailbox, where there is none. */
  void create(MailboxName name, Set<SpecialUse> uses) throws StoreException {
    checkRoom(name);
    long seconds = settings.millis() / 1_000;
    uidValidity = Math.min(Math.max(uidValidity + 1, seconds), UidSet.MAX_UID);
    MailboxId id = new MailboxId(Ids.mailbox());
    created.add(id.value());
    put(name, new Tree.Node(id, uidValidity, Set.copyOf(uses)));
    note(Kind.CREATED, name, name);
  }

  /** A mailbox that is made somewhere else comes under its name, instead of what is there. */
  void restore(MailboxName name, MailboxId id, long validity, Set<SpecialUse> uses)
      throws StoreException {
    Tree.Node old = names.get(name);
    checkRoom(name);
    if (old != null && !id.equals(old.id())) {
      drop(name);
    }
    uidValidity = Math.max(uidValidity, validity);
    put(name, new Tree.Node(id, validity, Set.copyOf(uses)));
    note(Kind.CREATED, name, name);
  }

  private void checkRoom(MailboxName name) throws StoreException {
    if (!names.containsKey(name) && names.size() >= settings.mailboxes()) {
      throw new StoreException(Code.LIMIT, "the account has too many mailboxes");
    }
  }

  void createSuperiors(MailboxName name) throws StoreException {
    for (MailboxName superior : before.missingSuperiors(name)) {
      create(superior, Set.of());
    }
  }

  private void count(String... texts) {
    for (String text : texts) {
      octets += text.getBytes(StandardCharsets.UTF_8).length + ROW_OCTETS;
    }
  }

  private void put(MailboxName name, Tree.Node node) throws StoreException {
    names.put(name, node);
    count(name.path());
    rows.add(
        cql.bind(
            "INSERT INTO account (name, kind, key, mailbox, validity, uses)"
                + " VALUES (?, 0, ?, ?, ?, ?)",
            before.account,
            name.path(),
            node.id() == null ? "" : node.id().value(),
            node.uidValidity(),
            uses(node.uses())));
  }

  private static String uses(Set<SpecialUse> uses) {
    List<String> words = new ArrayList<>();
    for (SpecialUse use : SpecialUse.values()) {
      if (uses.contains(use)) {
        words.add(use.name());
      }
    }
    return String.join(" ", words);
  }

  /** The mailbox goes, if there is one, and the name. */
  void remove(MailboxName name) throws StoreException {
    drop(name);
    deleteRow(0, name.path());
    names.remove(name);
  }

  /** The mailbox goes, the name stays. */
  void empty(MailboxName name) throws StoreException {
    drop(name);
    put(name, Tree.Node.NO_MAILBOX);
  }

  private void drop(MailboxName name) throws StoreException {
    Tree.Node node = names.get(name);
    MailboxId id = node == null ? null : node.id();
    if (id != null) {
      doomed.add(id.value());
      rows.add(
          cql.bind(
              "INSERT INTO account (name, kind, key) VALUES (?, 3, ?)",
              before.account,
              id.value()));
    }
  }

  /** The mail of a deleted mailbox is gone too. */
  void buried(String mailbox) throws StoreException {
    if (doomed.remove(mailbox)) {
      deleteRow(3, mailbox);
    }
  }

  private void rename(MailboxName from, MailboxName to) throws StoreException {
    Tree.Node node = names.get(from);
    if (node != null) {
      deleteRow(0, from.path());
      names.remove(from);
      put(to, node);
      note(Kind.RENAMED, to, from);
    }
  }

  void subscribe(MailboxName name) throws StoreException {
    if (subscribed.add(name)) {
      if (subscribed.size() > settings.mailboxes()) {
        throw new StoreException(Code.LIMIT, "too many subscriptions");
      }
      rows.add(
          cql.bind(
              "INSERT INTO account (name, kind, key) VALUES (?, 1, ?)",
              before.account,
              name.path()));
      note(Kind.SUBSCRIBED, name, name);
    }
  }

  void unsubscribe(MailboxName name) throws StoreException {
    if (subscribed.remove(name)) {
      deleteRow(1, name.path());
      note(Kind.UNSUBSCRIBED, name, name);
    }
  }

  void note(Kind kind, MailboxName name, MailboxName oldName) throws StoreException {
    lastChange++;
    rows.add(
        cql.bind(
            "INSERT INTO account (name, kind, key, change, mailbox, old_name, author)"
                + " VALUES (?, 2, ?, ?, ?, ?, ?)",
            before.account,
            NameChanges.number(lastChange),
            NameChanges.code(kind),
            name.path(),
            oldName.path(),
            token));
    count(name.path(), oldName.path());
    long forgotten = lastChange - settings.accountChanges();
    if (forgotten > floor) {
      floor = forgotten;
      deleteRow(2, NameChanges.number(forgotten));
    }
  }

  private void deleteRow(int kind, String key) throws StoreException {
    count(key);
    rows.add(
        cql.bind(
            "DELETE FROM account WHERE name = ? AND kind = ? AND key = ?",
            before.account,
            (byte) kind,
            key));
  }

  /** Whether the change of names that comes first tells who made it. */
  boolean isNoted() {
    return lastChange > before.lastChange && floor <= before.lastChange;
  }

  List<BoundStatement> statements() throws StoreException {
    if (rows.size() > MOST) {
      throw new StoreException(Code.LIMIT, "too many names would change at once");
    }
    List<BoundStatement> batch = new ArrayList<>();
    @Nullable UUID expected = before.token.equals(Accounts.NEVER) ? null : before.token;
    batch.add(
        cql.bind(
            "UPDATE account SET stamp = ?, there = ?, uid_validity = ?, last_change = ?, floor = ?,"
                + " undone = ? WHERE name = ? IF stamp = ?",
            token,
            there,
            uidValidity,
            lastChange,
            floor,
            Undone.encode(undone),
            before.account,
            expected));
    batch.addAll(rows);
    return batch;
  }
}
