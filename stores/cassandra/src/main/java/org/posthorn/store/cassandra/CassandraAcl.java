package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.MailboxId;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;
import org.posthorn.store.support.AclTable;

/** Access control entries, and which identifiers they name. The last of two writers wins. */
final class CassandraAcl implements AclTable {
  private final Cql cql;

  CassandraAcl(Cql cql) {
    this.cql = cql;
  }

  @Override
  public SortedMap<String, Rights> entries(String owner, MailboxId mailbox) throws StoreException {
    SortedMap<String, Rights> entries = new TreeMap<>();
    for (Row row :
        cql.all(
            "SELECT identifier, rights FROM acl WHERE owner = ? AND mailbox = ?",
            owner,
            mailbox.value())) {
      String identifier = row.getString("identifier");
      String rights = row.getString("rights");
      if (identifier != null && rights != null) {
        entries.put(identifier, Rights.parse(rights));
      }
    }
    return entries;
  }

  @Override
  public void put(String owner, MailboxId mailbox, String identifier, @Nullable Rights rights)
      throws StoreException {
    if (rights == null) {
      cql.writeAll(removal(owner, mailbox.value(), identifier));
      return;
    }
    // An identifier that leads nowhere does no harm, an entry that is not found would.
    cql.write(
        "INSERT INTO acl_identifier (identifier, owner, mailbox) VALUES (?, ?, ?)",
        identifier,
        owner,
        mailbox.value());
    cql.write(
        "INSERT INTO acl (owner, mailbox, identifier, rights) VALUES (?, ?, ?, ?)",
        owner,
        mailbox.value(),
        identifier,
        rights.letters());
  }

  private List<BoundStatement> removal(String owner, String mailbox, String identifier)
      throws StoreException {
    List<BoundStatement> removal = new ArrayList<>();
    removal.add(
        cql.bind(
            "DELETE FROM acl WHERE owner = ? AND mailbox = ? AND identifier = ?",
            owner,
            mailbox,
            identifier));
    removal.add(
        cql.bind(
            "DELETE FROM acl_identifier WHERE identifier = ? AND owner = ? AND mailbox = ?",
            identifier,
            owner,
            mailbox));
    return removal;
  }

  @Override
  public List<String> owners(List<String> identifiers) throws StoreException {
    Set<String> owners = new LinkedHashSet<>();
    for (Row row : cql.all("SELECT owner FROM acl_identifier WHERE identifier IN ?", identifiers)) {
      String owner = row.getString("owner");
      if (owner != null) {
        owners.add(owner);
      }
    }
    return new ArrayList<>(owners);
  }

  @Override
  public void forget(String owner, MailboxId mailbox) throws StoreException {
    List<BoundStatement> removals = new ArrayList<>();
    for (String identifier : entries(owner, mailbox).keySet()) {
      removals.addAll(removal(owner, mailbox.value(), identifier));
    }
    cql.writeAll(removals);
  }

  @Override
  public void forget(String account) throws StoreException {
    List<BoundStatement> removals = new ArrayList<>();
    for (Row row : cql.all("SELECT mailbox, identifier FROM acl WHERE owner = ?", account)) {
      removals.addAll(removal(account, text(row, "mailbox"), text(row, "identifier")));
    }
    for (String identifier : List.of(account, "-" + account)) {
      for (Row row :
          cql.all("SELECT owner, mailbox FROM acl_identifier WHERE identifier = ?", identifier)) {
        removals.addAll(removal(text(row, "owner"), text(row, "mailbox"), identifier));
      }
    }
    cql.writeAll(removals);
  }

  private static String text(Row row, String column) {
    String text = row.getString(column);
    return text == null ? "" : text;
  }
}
