package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.StoreException;

/**
 * The threads of an account's messages (RFC 8474 section 5.2). Two servers that take two messages
 * of a new thread in the same moment may begin two.
 */
final class Threads {
  private static final int SHARDS = 64;

  private final Cql cql;

  Threads(Cql cql) {
    this.cql = cql;
  }

  private static int shard(String key) {
    return Math.floorMod(key.hashCode(), SHARDS);
  }

  /** The thread of a message with these keys, which belong to it from now on. */
  String join(String account, List<String> keys) throws StoreException {
    return join(account, keys, null);
  }

  /** As join, with a thread that is known already. */
  String join(String account, List<String> keys, @Nullable String known) throws StoreException {
    List<BoundStatement> reads = new ArrayList<>();
    for (String key : keys) {
      reads.add(
          cql.bind(
              "SELECT thread FROM thread_key WHERE account = ? AND shard = ? AND key = ?",
              account,
              shard(key),
              key));
    }
    List<@Nullable Row> found = cql.readAll(reads);
    String thread = known;
    for (Row row : found) {
      if (thread == null && row != null) {
        thread = row.getString("thread");
      }
    }
    String joined = thread == null ? Ids.thread() : thread;
    List<BoundStatement> writes = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      if (found.get(i) == null) {
        writes.add(
            cql.bind(
                "INSERT INTO thread_key (account, shard, key, thread) VALUES (?, ?, ?, ?)",
                account,
                shard(keys.get(i)),
                keys.get(i),
                joined));
      }
    }
    cql.writeAll(writes);
    return joined;
  }

  /** The account was deleted. */
  void forget(String account) throws StoreException {
    List<BoundStatement> deletes = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      deletes.add(
          cql.bind("DELETE FROM thread_key WHERE account = ? AND shard = ?", account, shard));
    }
    cql.writeAll(deletes);
  }
}
