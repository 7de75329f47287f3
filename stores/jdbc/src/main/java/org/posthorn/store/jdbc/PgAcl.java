package org.posthorn.store.jdbc;

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

/** Access control lists, looked up each time: another process may have changed them. */
final class PgAcl implements AclTable {
  private final Directory directory;
  private final AclRows rows;

  PgAcl(Directory directory) {
    this.directory = directory;
    this.rows = new AclRows(directory);
  }

  @Override
  public SortedMap<String, Rights> entries(String owner, MailboxId mailbox) throws StoreException {
    return directory.read(
        db -> {
          SortedMap<String, Rights> entries = new TreeMap<>();
          db.each(
              row -> entries.put(row.getString(1), Rights.parse(row.getString(2))),
              "SELECT identifier, rights FROM acl WHERE owner = ? AND mailbox = ?",
              owner,
              mailbox.value());
          return entries;
        });
  }

  @Override
  public void put(String owner, MailboxId mailbox, String identifier, @Nullable Rights rights)
      throws StoreException {
    rows.put(owner, mailbox, identifier, rights);
  }

  @Override
  public List<String> owners(List<String> identifiers) throws StoreException {
    return directory.read(
        db -> {
          Set<String> owners = new LinkedHashSet<>();
          for (String identifier : identifiers) {
            db.each(
                row -> owners.add(row.getString(1)),
                "SELECT DISTINCT owner FROM acl WHERE identifier = ?",
                identifier);
          }
          return new ArrayList<>(owners);
        });
  }

  @Override
  public void forget(String owner, MailboxId mailbox) throws StoreException {
    if (!entries(owner, mailbox).isEmpty()) {
      rows.forget(owner, mailbox);
    }
  }

  @Override
  public void forget(String account) throws StoreException {
    rows.forget(account);
  }
}
