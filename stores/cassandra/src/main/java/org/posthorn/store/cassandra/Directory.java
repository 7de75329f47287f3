package org.posthorn.store.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AccountState;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * The list of accounts, in shards that are each in order. A name is listed before its account comes
 * and after it went; names without an account are passed over.
 */
final class Directory implements AccountDirectory, AccountState {
  private static final int SHARDS = 16;
  private static final int LONGEST_NAME = 1_024;

  private final Cql cql;
  private final Accounts accounts;
  private final Settings settings;
  private final SharedUses shared;
  private final List<Forgetter> forgetters = new ArrayList<>();

  /** What an account leaves behind goes. */
  interface Forgetter {
    void forget(String account) throws StoreException;
  }

  Directory(Accounts accounts, Settings settings, SharedUses shared) {
    this.cql = accounts.cql;
    this.accounts = accounts;
    this.settings = settings;
    this.shared = shared;
  }

  void onDelete(Forgetter forgetter) {
    forgetters.add(forgetter);
  }

  private static int shard(String account) {
    return Math.floorMod(account.hashCode(), SHARDS);
  }

  @Override
  public boolean exists(String account) throws StoreException {
    return accounts.exists(account);
  }

  @Override
  public boolean create(String account) throws StoreException {
    if (account.isEmpty()
        || account.length() > LONGEST_NAME
        || !UTF_8.newEncoder().canEncode(account)) {
      throw new StoreException(Code.CANNOT, "not a name for an account");
    }
    if (accounts.exists(account)) {
      return false;
    }
    clear(account);
    long now = settings.millis() / 1_000 * 1_000;
    cql.write(
        "INSERT INTO account_name (shard, name, created, retrieved) VALUES (?, ?, ?, ?)",
        shard(account),
        account,
        now,
        now);
    boolean made =
        accounts.changeAny(
            account,
            edit -> {
              if (edit.before.there) {
                return false;
              }
              edit.open();
              return true;
            });
    if (made) {
      shared.cameOrWent(account);
    }
    return made;
  }

  @Override
  public boolean delete(String account) throws StoreException {
    boolean gone =
        accounts.changeAny(
            account,
            edit -> {
              if (!edit.before.there) {
                return false;
              }
              edit.close();
              return true;
            });
    if (!gone) {
      clear(account);
      return false;
    }
    shared.cameOrWent(account);
    clear(account);
    cql.write("DELETE FROM account_name WHERE shard = ? AND name = ?", shard(account), account);
    return true;
  }

  /**
   * What an account left goes, also where the server that deleted it did not come to the end: else
   * the next owner of the name would get what was granted to the last. Who did come to the end took
   * the name off the list, and what was granted since is for the next.
   */
  private void clear(String account) throws StoreException {
    Tree left = accounts.latest(account);
    accounts.bury(left);
    if (left.there || listed(account) == null) {
      return;
    }
    for (Forgetter forgetter : forgetters) {
      forgetter.forget(account);
    }
  }

  @Override
  public List<String> list(String after, int max) throws StoreException {
    return find(after, max, Long.MAX_VALUE);
  }

  @Override
  public List<String> idleSince(Instant before, String after, int max) throws StoreException {
    return find(after, max, before.toEpochMilli());
  }

  private List<String> find(String after, int max, long retrievedBefore) throws StoreException {
    List<String> found = new ArrayList<>();
    String last = after;
    while (found.size() < max) {
      // UTF-8 is compared octet by octet there, which is code point order.
      TreeMap<byte[], Row> page = new TreeMap<>(Arrays::compareUnsigned);
      int wanted = Math.max(max, 100);
      for (int shard = 0; shard < SHARDS; shard++) {
        for (Row row :
            cql.all(
                "SELECT name, retrieved FROM account_name WHERE shard = ? AND name > ? LIMIT ?",
                shard,
                last,
                wanted)) {
          page.put(name(row).getBytes(UTF_8), row);
        }
      }
      int taken = 0;
      List<Row> candidates = new ArrayList<>();
      for (Row row : page.values()) {
        if (taken++ == wanted) {
          break;
        }
        last = name(row);
        if (row.getLong("retrieved") < retrievedBefore) {
          candidates.add(row);
        }
      }
      addThose(candidates, max, found);
      if (page.size() < wanted) {
        return found;
      }
    }
    return found;
  }

  private void addThose(List<Row> candidates, int max, List<String> found) throws StoreException {
    List<BoundStatement> reads = new ArrayList<>();
    for (Row row : candidates) {
      reads.add(cql.bind("SELECT DISTINCT there FROM account WHERE name = ?", name(row)));
    }
    List<@Nullable Row> heads = cql.readAll(reads);
    for (int i = 0; i < heads.size() && found.size() < max; i++) {
      Row head = heads.get(i);
      if (head != null && head.getBoolean("there")) {
        found.add(name(candidates.get(i)));
      }
    }
  }

  private static String name(Row row) {
    String name = row.getString("name");
    return name == null ? "" : name;
  }

  private @Nullable Row listed(String account) throws StoreException {
    return cql.one(
        "SELECT created, retrieved FROM account_name WHERE shard = ? AND name = ?",
        shard(account),
        account);
  }

  @Override
  public Life life(String account) throws StoreException {
    Row row = accounts.exists(account) ? listed(account) : null;
    if (row == null) {
      throw Accounts.nonexistent();
    }
    return new Life(
        Instant.ofEpochMilli(row.getLong("created")),
        Instant.ofEpochMilli(row.getLong("retrieved")));
  }

  @Override
  public void retrieved(String account, Instant when) throws StoreException {
    Life life = life(account);
    if (when.isBefore(life.lastRetrieval().plusSeconds(RESOLUTION_SECONDS))) {
      return;
    }
    cql.write(
        "UPDATE account_name SET retrieved = ? WHERE shard = ? AND name = ?",
        when.getEpochSecond() * 1_000,
        shard(account),
        account);
  }
}
