package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.AccountChanges;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** Reads and changes the names of accounts, each change by one conditional batch. Thread-safe. */
final class Accounts {
  /** The token of an account that never was. */
  static final UUID NEVER = new UUID(0, 0);

  private static final int ATTEMPTS = 40;
  private static final int CACHED = 20_000;

  /** Batches in which a change of names is finished that took more than one. */
  private static final int MOST_STEPS = 10_000;

  interface Edit<T> {
    T apply(TreeEdit edit) throws StoreException;
  }

  final Cql cql;
  final Boxes boxes;
  private final Map<String, Tree> trees = new ConcurrentHashMap<>();
  private final Turns turns = new Turns();

  Accounts(Cql cql, Boxes boxes) {
    this.cql = cql;
    this.boxes = boxes;
  }

  static StoreException nonexistent() {
    return new StoreException(Code.NONEXISTENT, "no such account");
  }

  /**
   * One at a time within this process, for what is not one step in the database.
   *
   * @param names of accounts, or of what else several accounts have in common
   */
  Turns.Turn turn(String... names) throws StoreException {
    return turns.take(names);
  }

  boolean exists(String account) throws StoreException {
    return latest(account).there;
  }

  /** The names of an account that is there. */
  Tree tree(String account) throws StoreException {
    Tree tree = latest(account);
    if (!tree.there) {
      throw nonexistent();
    }
    return tree;
  }

  /** As this process last saw it, perhaps not at all. */
  @Nullable Tree known(String account) {
    return trees.get(account);
  }

  Tree latest(String account) throws StoreException {
    Tree known = trees.get(account);
    if (known != null) {
      Row head = cql.one("SELECT DISTINCT stamp FROM account WHERE name = ?", account);
      UUID token = head == null ? null : head.getUuid("stamp");
      if (known.token.equals(token == null ? NEVER : token)) {
        return known;
      }
    }
    return reread(account);
  }

  private Tree reread(String account) throws StoreException {
    Deadline deadline = cql.deadline();
    int steps = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Row head = decided(deadline, account);
      Tree tree = read(account, head);
      Row again = decided(deadline, account);
      UUID now = again == null ? null : again.getUuid("stamp");
      if (tree.token.equals(now == null ? NEVER : now)) {
        if (tree.undone != null) {
          proceed(tree);
          deadline = cql.deadline();
          if (steps++ < MOST_STEPS) {
            attempt--;
          }
          continue;
        }
        if (trees.size() >= CACHED) {
          trees.clear();
        }
        trees.put(account, tree);
        return tree;
      }
    }
    throw contention();
  }

  /** One more step of what was decided of the names; whoever else takes it, once only. */
  private void proceed(Tree tree) throws StoreException {
    if (tree.undone instanceof Undone.Inbox inbox) {
      String source = tree.requireId(MailboxName.INBOX);
      Relocation.ofInbox(boxes, source, tree.requireId(inbox.to()), inbox.uidNext());
    }
    TreeEdit step = new TreeEdit(cql, boxes.settings, tree);
    step.proceed();
    decide(step, cql.deadline());
  }

  private @Nullable Row decided(Deadline deadline, String account) throws StoreException {
    return cql.decided(
        deadline,
        "SELECT DISTINCT stamp, there, uid_validity, last_change, floor, undone FROM account WHERE"
            + " name = ?",
        account);
  }

  private Tree read(String account, @Nullable Row head) throws StoreException {
    UUID token = head == null ? null : head.getUuid("stamp");
    if (head == null || token == null) {
      return new Tree(account, NEVER, false, 0, 0, 0, Map.of(), Set.of(), List.of(), null);
    }
    Map<MailboxName, Tree.Node> names = new TreeMap<>();
    Set<MailboxName> subscribed = new TreeSet<>();
    List<String> doomed = new ArrayList<>();
    for (Row row :
        cql.all(
            "SELECT kind, key, mailbox, validity, uses FROM account WHERE name = ?"
                + " AND kind IN (0, 1, 3)",
            account)) {
      String key = text(row, "key");
      switch (row.getByte("kind")) {
        case 0 -> names.put(MailboxName.parse(key), node(row));
        case 1 -> subscribed.add(MailboxName.parse(key));
        default -> doomed.add(key);
      }
    }
    return new Tree(
        account,
        token,
        head.getBoolean("there"),
        head.getLong("uid_validity"),
        head.getLong("last_change"),
        head.getLong("floor"),
        names,
        subscribed,
        doomed,
        Undone.decode(head.getString("undone")));
  }

  static String text(Row row, String column) {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  private static Tree.Node node(Row row) {
    String id = text(row, "mailbox");
    if (id.isEmpty()) {
      return Tree.Node.NO_MAILBOX;
    }
    Set<SpecialUse> uses = EnumSet.noneOf(SpecialUse.class);
    for (String use : text(row, "uses").split(" ", -1)) {
      if (!use.isEmpty()) {
        uses.add(SpecialUse.valueOf(use));
      }
    }
    return new Tree.Node(new MailboxId(id), row.getLong("validity"), Set.copyOf(uses));
  }

  /** Changes an account that is there. */
  <T> T change(String account, Edit<T> edit) throws StoreException {
    return changeAny(
        account,
        e -> {
          if (!e.before.there) {
            throw nonexistent();
          }
          return edit.apply(e);
        });
  }

  /** Changes an account whether it is there or not. */
  <T> T changeAny(String account, Edit<T> edit) throws StoreException {
    Turns.Turn turn = turn(account);
    try {
      Deadline deadline = cql.deadline();
      for (int attempt = 0; attempt < ATTEMPTS && !deadline.isOver(); attempt++) {
        TreeEdit draft = new TreeEdit(cql, boxes.settings, latest(account));
        T result = edit.apply(draft);
        if (draft.isEmpty()) {
          return result;
        }
        for (String mailbox : draft.created) {
          boxes.fresh.create(mailbox, account);
        }
        if (decide(draft, deadline)) {
          if (draft.isUnfinished()) {
            latest(account);
          }
          return result;
        }
      }
      throw contention();
    } finally {
      turn.end();
    }
  }

  private boolean decide(TreeEdit draft, Deadline deadline) throws StoreException {
    String account = draft.before.account;
    boolean applied = false;
    try {
      Cql.Outcome outcome = cql.conditional(draft.token, draft.statements());
      applied =
          outcome == Cql.Outcome.APPLIED
              || (outcome == Cql.Outcome.UNKNOWN && wasApplied(draft, deadline));
    } finally {
      if (applied && !draft.isUnfinished()) {
        trees.put(account, draft.after());
      } else {
        trees.remove(account);
      }
    }
    return applied;
  }

  /**
   * The reply was lost. Where the batch was not applied it may be on its way still: a new token
   * sees to it that it comes too late.
   */
  private boolean wasApplied(TreeEdit draft, Deadline deadline) throws StoreException {
    @Nullable UUID before = draft.before.token.equals(NEVER) ? null : draft.before.token;
    do {
      Row head = decided(deadline, draft.before.account);
      UUID now = head == null ? null : head.getUuid("stamp");
      if (!Objects.equals(before, now)) {
        return isAuthor(draft, now, deadline);
      }
      UUID fence = Ids.token();
      Cql.Outcome fenced =
          cql.conditional(
              fence,
              List.of(
                  cql.bind(
                      "UPDATE account SET stamp = ? WHERE name = ? IF stamp = ?",
                      fence,
                      draft.before.account,
                      before)));
      if (fenced == Cql.Outcome.APPLIED) {
        return false;
      }
    } while (!deadline.isOver());
    throw contention();
  }

  /**
   * Where somebody else built upon the edit already, the first change that it noted tells whose it
   * was.
   */
  private boolean isAuthor(TreeEdit draft, @Nullable UUID now, Deadline deadline)
      throws StoreException {
    if (draft.token.equals(now)) {
      return true;
    }
    Row note =
        draft.isNoted()
            ? cql.decided(
                deadline,
                "SELECT author FROM account WHERE name = ? AND kind = 2 AND key = ?",
                draft.before.account,
                NameChanges.number(draft.before.lastChange + 1))
            : null;
    if (note != null) {
      return draft.token.equals(note.getUuid("author"));
    }
    throw new StoreException(Code.UNAVAILABLE, "it is not known whether the names were changed");
  }

  AccountChanges changesSince(String account, long seq, int max) throws StoreException {
    return NameChanges.since(cql, tree(account), seq, max);
  }

  /** Removes the mail of deleted mailboxes. */
  void bury(Tree tree) throws StoreException {
    for (String mailbox : tree.doomed) {
      Box box = boxes.decided(mailbox);
      if (box != null && !box.gone) {
        boxes.add(
            mailbox,
            draft -> {
              Bodies.doubt(cql, mailbox, bodies(mailbox, draft.before.buckets));
              draft.clear();
              return true;
            });
      }
      if (box != null) {
        boxes.sections.clear(box, true);
      }
      changeAny(
          tree.account,
          edit -> {
            edit.buried(mailbox);
            return true;
          });
    }
  }

  /** Bodies of all messages of a mailbox, and of what is on its way home from these. */
  List<UUID> bodies(String mailbox, List<Bucket> buckets) throws StoreException {
    List<UUID> bodies = new ArrayList<>();
    for (Bucket bucket : buckets) {
      for (Row row : cql.all("SELECT body FROM bucket WHERE id = ?", bucket.id())) {
        UUID body = row.getUuid("body");
        if (body != null) {
          bodies.add(body);
        }
      }
    }
    boxes.messages.each(
        "n, body",
        mailbox,
        UidSet.range(1, UidSet.MAX_UID),
        row -> {
          UUID body = row.getUuid("body");
          if (body != null) {
            bodies.add(body);
          }
        });
    return bodies;
  }

  private static StoreException contention() {
    return new StoreException(Code.UNAVAILABLE, "too many change the account at the same time");
  }
}
