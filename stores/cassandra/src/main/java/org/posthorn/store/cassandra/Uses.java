package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;

/** What accounts use, added up from the heads of their mailboxes. */
final class Uses {
  /** Heads that one request asks for. */
  private static final int TOGETHER = 200;

  private final Cql cql;
  private final Accounts accounts;

  Uses(Cql cql, Accounts accounts) {
    this.cql = cql;
    this.accounts = accounts;
  }

  /** Nothing, where there is no such account. */
  QuotaUse of(String account) throws StoreException {
    Tree tree = accounts.latest(account);
    List<String> mailboxes = tree.there ? List.copyOf(tree.mailboxes()) : List.of();
    List<BoundStatement> reads = new ArrayList<>();
    for (int at = 0; at < mailboxes.size(); at += TOGETHER) {
      reads.add(
          cql.bind(
              "SELECT DISTINCT id, messages, octets FROM mailbox WHERE id IN ?",
              mailboxes.subList(at, Math.min(mailboxes.size(), at + TOGETHER))));
    }
    QuotaUse use = QuotaUse.mailboxes(mailboxes.size());
    for (Row row : cql.allOf(reads)) {
      use = use.plus(QuotaUse.messages(row.getLong("messages"), row.getLong("octets")));
    }
    return use;
  }
}
