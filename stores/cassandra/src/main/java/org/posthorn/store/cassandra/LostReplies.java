package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.UUID;
import org.posthorn.store.StoreException;

/** Finds out what became of a change of a mailbox whose reply was lost. Thread-safe. */
final class LostReplies {
  private final Cql cql;

  LostReplies(Cql cql) {
    this.cql = cql;
  }

  /**
   * Whether the batch of a draft was applied. Where it was not it may be on its way still: a new
   * token sees to it that it comes too late.
   */
  boolean applied(Draft draft, Deadline deadline) throws StoreException {
    do {
      Row head =
          cql.decided(
              deadline, "SELECT DISTINCT stamp, gone FROM mailbox WHERE id = ?", draft.box.id);
      if (head == null) {
        return false;
      }
      if (!draft.before.token.equals(head.getUuid("stamp"))) {
        return isAuthor(draft, head, deadline);
      }
      UUID fence = Ids.token();
      Cql.Outcome fenced =
          cql.conditional(
              fence,
              List.of(
                  cql.bind(
                      "UPDATE mailbox SET stamp = ? WHERE id = ? IF stamp = ?",
                      fence,
                      draft.box.id,
                      draft.before.token)));
      if (fenced == Cql.Outcome.APPLIED) {
        return false;
      }
    } while (!deadline.isOver());
    throw Boxes.contention();
  }

  /** Somebody changed the mailbox, this draft or another. */
  private boolean isAuthor(Draft draft, Row head, Deadline deadline) throws StoreException {
    if (draft.box.gone) {
      return head.getBoolean("gone");
    }
    if (draft.box.token.equals(head.getUuid("stamp"))) {
      return true;
    }
    if (!draft.mutates()) {
      return false;
    }
    Row row =
        cql.decided(
            deadline,
            "SELECT author FROM mailbox WHERE id = ? AND kind = 1 AND n = ?",
            draft.box.id,
            draft.box.modSeq);
    return row != null && draft.box.token.equals(row.getUuid("author"));
  }
}
