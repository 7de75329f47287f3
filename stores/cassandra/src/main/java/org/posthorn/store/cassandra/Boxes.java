package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Changes mailboxes, each by one conditional batch on the token in its head. Who loses against
 * somebody else begins anew with the new head; the sessions of one process take turns first, in the
 * order in which they came. Thread-safe.
 */
final class Boxes {
  /** Rows of messages in one batch, which keeps it well under 256 KiB. */
  static final int BATCH = 250;

  /** How often a change is begun anew. */
  static final int ATTEMPTS = 40;

  /** Steps in which what was decided is finished, of so many messages each. */
  private static final int MOST_STEPS = 1_000_000;

  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int CACHED = 20_000;

  /** What is to be done with the head of a mailbox; run again where somebody else was faster. */
  interface Mutation<T> {
    T apply(Draft draft) throws StoreException;
  }

  final Cql cql;
  final Settings settings;
  final Messages messages;
  final WholeRows whole;
  final Sections sections;
  final NewBoxes fresh;
  private final Finisher finisher;
  private final Set<String> closing = ConcurrentHashMap.newKeySet();
  private volatile Consumer<String> whenDue = id -> {};
  private final Turns turns = new Turns();
  private final LostReplies lostReplies;
  private final HistoryFloor historyFloor;
  private final ConcurrentHashMap<String, Box> heads = new ConcurrentHashMap<>();

  /** Up to which token sessions of this process were told of mailboxes. */
  private final ConcurrentHashMap<String, UUID> told = new ConcurrentHashMap<>();

  Boxes(Cql cql, Settings settings) {
    this.cql = cql;
    this.settings = settings;
    this.messages = new Messages(cql);
    this.sections = new Sections(cql, settings);
    this.whole = new WholeRows(this);
    this.fresh = new NewBoxes(this);
    this.finisher = new Finisher(this);
    this.lostReplies = new LostReplies(cql);
    this.historyFloor = new HistoryFloor(cql, settings);
  }

  static StoreException nonexistent() {
    return new StoreException(Code.NONEXISTENT, "the mailbox was deleted");
  }

  /** The head as decided; null where there never was such a mailbox. */
  @Nullable Box decided(String id) throws StoreException {
    Row row = cql.decided("SELECT DISTINCT " + Box.COLUMNS + " FROM mailbox WHERE id = ?", id);
    Box box = row == null || row.getUuid("stamp") == null ? null : new Box(id, row);
    if (box == null || box.gone) {
      heads.remove(id);
    } else {
      keep(box);
    }
    return box;
  }

  /**
   * The head with all that was decided done, for an answer that depends on it.
   *
   * @throws StoreException NONEXISTENT when the mailbox is gone
   */
  Box quiet(String id) throws StoreException {
    for (int i = 0; i < ATTEMPTS; i++) {
      Box box = decided(id);
      if (box == null || box.gone) {
        throw nonexistent();
      }
      if (box.quiet()) {
        return box;
      }
      finish(id);
    }
    throw contention();
  }

  /** The head as this process saw it last, if it did; others may have changed it. */
  @Nullable Box known(String id) {
    return heads.get(id);
  }

  /** Called with mailboxes of which a section had better be closed; returns at once. */
  void whenDue(Consumer<String> action) {
    whenDue = action;
  }

  /** Changes a mailbox of which nothing is half done, nor is when this returns. */
  <T> T change(String id, Mutation<T> mutation) throws StoreException {
    Turns.Turn turn = turns.take(id);
    try {
      T result = run(turn, id, true, mutation);
      Box after = heads.get(id);
      if (after != null && !after.quiet()) {
        finishAll(turn, id);
      }
      return result;
    } finally {
      turn.end();
      lookAt(id);
    }
  }

  /** Adds to a mailbox, whatever else is half done there. */
  <T> T add(String id, Mutation<T> mutation) throws StoreException {
    Turns.Turn turn = turns.take(id);
    try {
      return run(turn, id, false, mutation);
    } finally {
      turn.end();
      lookAt(id);
    }
  }

  /** As change, for messages that come back: no section is closed before the last is there. */
  <T> T fill(String id, Mutation<T> mutation) throws StoreException {
    Turns.Turn turn = turns.take(id);
    try {
      return run(turn, id, true, mutation);
    } finally {
      turn.end();
    }
  }

  /** Sees to it that sections that are due are closed, some time. */
  void lookAt(String id) {
    Box box = heads.get(id);
    if (box != null && sections.due(box) > 0 && closing.add(id)) {
      whenDue.accept(id);
    }
  }

  /** Closes all sections of a mailbox that are due. */
  void close(String id) throws StoreException {
    try {
      while (sections.due(quiet(id)) > 0) {
        change(
            id,
            draft -> {
              long below = sections.due(draft.before);
              if (below > 0) {
                sections.begin(draft, below);
              }
              return below;
            });
      }
    } catch (StoreException e) {
      if (e.code() != Code.NONEXISTENT) {
        throw e;
      }
    } finally {
      closing.remove(id);
    }
  }

  /** The head has to be read again. */
  void forget(String id) {
    heads.remove(id);
  }

  /** Does what was decided. */
  void finish(String id) throws StoreException {
    Turns.Turn turn = turns.take(id);
    try {
      // The cached head may be older than what is to be finished.
      heads.remove(id);
      finishAll(turn, id);
    } finally {
      turn.end();
    }
  }

  private void keep(Box box) {
    if (heads.size() >= CACHED) {
      heads.clear();
    }
    heads.put(box.id, box);
  }

  /** What a mailbox was last seen to be here, by whomever it was changed; null: not known. */
  @Nullable UUID seen(String id) {
    Box box = heads.get(id);
    return box == null ? null : box.token;
  }

  /** The sessions of this process were told to look, after a mailbox was seen to be so. */
  void told(String id, UUID token) {
    if (told.size() >= CACHED) {
      told.clear();
    }
    told.put(id, token);
  }

  /** Whether the sessions of this process were told to look since a mailbox is so. */
  boolean isTold(String id, UUID token) {
    return token.equals(told.get(id));
  }

  private void finishAll(Turns.Turn turn, String id) throws StoreException {
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      Box box = head(id);
      if (box.quiet()) {
        return;
      }
      // A MOVE changes its destination too: where the turn has to be given up for both, again.
      if (!(box.buckets.isEmpty() && box.intent instanceof Intent.Move move)
          || turn.extend(id, move.destination())) {
        finisher.step(box);
        turn.stepped();
      }
    }
    throw contention();
  }

  private Box head(String id) throws StoreException {
    Box known = heads.get(id);
    Box box = known == null ? decided(id) : known;
    if (box == null || box.gone) {
      throw nonexistent();
    }
    return box;
  }

  private <T> T run(Turns.Turn turn, String id, boolean quietly, Mutation<T> mutation)
      throws StoreException {
    Deadline deadline = cql.deadline();
    for (int attempt = 0; attempt < ATTEMPTS && !deadline.isOver(); attempt++) {
      boolean guessed = heads.containsKey(id);
      Box before = head(id);
      if (quietly && !before.quiet()) {
        finishAll(turn, id);
        // That may have been much, and got on with every step.
        deadline = cql.deadline();
        continue;
      }
      Draft draft = new Draft(messages, before);
      T result;
      try {
        result = mutation.apply(draft);
      } catch (StoreException e) {
        if (guessed) {
          heads.remove(id);
          continue;
        }
        throw e;
      }
      if (draft.isEmpty()) {
        if (!guessed) {
          return result;
        }
        heads.remove(id);
      } else if (decide(draft, deadline)) {
        return result;
      } else {
        pause(attempt);
      }
    }
    throw contention();
  }

  /** One batch without a second try; false where somebody else was faster. */
  boolean decide(Draft draft) throws StoreException {
    return decide(draft, cql.deadline());
  }

  boolean decide(Draft draft, Deadline deadline) throws StoreException {
    historyFloor.raise(draft);
    String id = draft.box.id;
    boolean applied = false;
    try {
      Cql.Outcome outcome =
          cql.conditional(
              draft.box.token, draft.statements(settings.historySeconds(), settings.millis()));
      applied =
          outcome == Cql.Outcome.APPLIED
              || (outcome == Cql.Outcome.UNKNOWN && lostReplies.applied(draft, deadline));
    } finally {
      if (!applied || draft.box.gone) {
        heads.remove(id);
      } else {
        keep(draft.box);
      }
    }
    return applied;
  }

  static StoreException contention() {
    return new StoreException(Code.UNAVAILABLE, "too many change the mailbox at the same time");
  }

  private static void pause(int attempt) {
    long most = Math.min(LONGEST_PAUSE, 1_000_000L << Math.min(attempt, 10));
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most) + 1);
  }
}
