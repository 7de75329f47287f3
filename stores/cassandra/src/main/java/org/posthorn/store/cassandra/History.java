package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Reads what mutations did. MODSEQs have no gaps, so that a missing row shows. */
final class History {
  /** One mutation. */
  record Step(long modSeq, UidSet changed, UidSet vanished) {}

  private final Cql cql;

  History(Cql cql) {
    this.cql = cql;
  }

  /** Mutations from a MODSEQ on up to that of the head, the first of them. */
  List<Step> between(Box box, long first, int max) throws StoreException {
    List<Step> steps = new ArrayList<>();
    for (Row row :
        cql.all(
            "SELECT n, changed, vanished FROM mailbox WHERE id = ? AND kind = 1 AND n >= ?"
                + " AND n <= ? LIMIT ?",
            box.id,
            first,
            box.modSeq,
            max)) {
      steps.add(new Step(row.getLong("n"), uids(row, "changed"), uids(row, "vanished")));
    }
    return steps;
  }

  private static UidSet uids(Row row, String column) {
    ByteBuffer stored = row.getByteBuffer(column);
    return stored == null ? UidSet.EMPTY : UidOctets.decode(stored);
  }

  /** Whether nothing is missing between two MODSEQs. */
  static boolean isComplete(List<Step> steps, long first, long last) {
    if (steps.size() != last - first + 1) {
      return false;
    }
    return steps.isEmpty()
        || (steps.get(0).modSeq() == first && steps.get(steps.size() - 1).modSeq() == last);
  }
}
