package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;

/** What accounts use, added up from the heads of their mailboxes. */
final class Uses {
  private final Cql cql;
  private final Accounts accounts;

  Uses(Cql cql, Accounts accounts) {
    this.cql = cql;
    this.accounts = accounts;
  }

  /** Nothing, where there is no such account. */
  QuotaUse of(String account) throws StoreException {
    Tree tree = accounts.latest(account);
    List<BoundStatement> reads = new ArrayList<>();
    if (tree.there) {
      for (String mailbox : tree.mailboxes()) {
        reads.add(cql.bind("SELECT DISTINCT messages, octets FROM mailbox WHERE id = ?", mailbox));
      }
    }
    QuotaUse use = QuotaUse.mailboxes(reads.size());
    for (Row row : cql.readAll(reads)) {
      if (row != null) {
        use = use.plus(QuotaUse.messages(row.getLong("messages"), row.getLong("octets")));
      }
    }
    return use;
  }
}
