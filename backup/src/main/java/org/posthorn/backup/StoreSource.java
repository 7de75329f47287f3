package org.posthorn.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Acl;
import org.posthorn.store.EntryName;
import org.posthorn.store.Identity;
import org.posthorn.store.Item;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Metadata;
import org.posthorn.store.Namespaces;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Rights;
import org.posthorn.store.Role;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * An account of a store. Other users' mailboxes that it sees are not its mail and left out. Works
 * while the account is in use: a message that is expunged meanwhile is passed over, one that comes
 * after its mailbox was begun waits for the next time.
 */
public final class StoreSource implements MailSource {
  static final Set<Item> ITEMS =
      EnumSet.of(Item.SIZE, Item.INTERNAL_DATE, Item.SAVE_DATE, Item.IDS);

  private final MailStore store;
  private final Identity admin;
  private final Account account;

  private StoreSource(MailStore store, Identity admin) throws StoreException {
    this.store = store;
    this.admin = admin;
    this.account = store.open(admin);
  }

  /**
   * Opens an account; the store stays the caller's.
   *
   * @throws StoreException NONEXISTENT when there is no such account
   */
  public static StoreSource of(MailStore store, String account) throws StoreException {
    return new StoreSource(store, new Identity(account, account, Role.ADMIN));
  }

  @Override
  public List<MailboxRecord> mailboxes() throws StoreException {
    List<MailboxRecord> records = new ArrayList<>();
    for (MailboxInfo info : own()) {
      records.add(info.selectable() ? selectable(info) : bare(info));
    }
    return records;
  }

  private List<MailboxInfo> own() throws StoreException {
    Namespaces namespaces = account.namespaces();
    List<MailboxInfo> own = new ArrayList<>();
    for (MailboxInfo info : account.list(ListQuery.ALL)) {
      if (!isBelow(info.name(), namespaces.otherUsers())
          && !isBelow(info.name(), namespaces.shared())) {
        own.add(info);
      }
    }
    own.sort(Comparator.comparing(MailboxInfo::name));
    return own;
  }

  private static boolean isBelow(MailboxName name, List<Namespaces.Namespace> namespaces) {
    for (Namespaces.Namespace namespace : namespaces) {
      if ((name.path() + MailboxName.DELIMITER).startsWith(namespace.prefix())) {
        return true;
      }
    }
    return false;
  }

  private static MailboxRecord bare(MailboxInfo info) {
    return new MailboxRecord(info, 0, 0, 0, Map.of(), Map.of());
  }

  private MailboxRecord selectable(MailboxInfo info) throws StoreException {
    try (Mailbox mailbox = account.open(info.name(), Access.READ)) {
      Snapshot cut = mailbox.snapshot();
      return new MailboxRecord(
          new MailboxInfo(
              info.name(),
              cut.info().id(),
              cut.info().uidValidity(),
              MailboxInfo.State.SELECTABLE,
              info.subscribed(),
              info.hasChildren(),
              info.specialUse()),
          cut.uidNext(),
          cut.highestModSeq(),
          cut.uids().size(),
          acl(info.name()),
          metadata(info.name()));
    }
  }

  private Map<String, Rights> acl(MailboxName name) throws StoreException {
    Optional<Acl> acl = store.facet(Acl.class);
    return acl.isEmpty() ? Map.of() : acl.get().entries(admin, name);
  }

  private Map<EntryName, byte[]> metadata(MailboxName name) throws StoreException {
    Optional<Metadata> metadata = store.facet(Metadata.class);
    return metadata.isEmpty()
        ? Map.of()
        : metadata.get().get(Identity.owner(admin.account()), Optional.of(name));
  }

  @Override
  public void messages(MailboxRecord record, Visitor visitor) throws IOException, StoreException {
    try (Mailbox mailbox = account.open(record.info().name(), Access.READ)) {
      UidSet uids =
          record.uidNext() > 1
              ? mailbox.snapshot().uids().clamp(1, record.uidNext() - 1)
              : UidSet.EMPTY;
      for (UidSet left = uids; !left.isEmpty(); ) {
        Page page = mailbox.list(left, PageLimit.DEFAULT, ITEMS);
        for (Row row : page.rows()) {
          message(mailbox, row, visitor);
        }
        left = page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
      }
    }
  }

  static void message(Mailbox mailbox, Row row, Visitor visitor)
      throws IOException, StoreException {
    MessageContent content;
    try {
      content = mailbox.content(row.uid());
    } catch (StoreException e) {
      if (e.code() == StoreException.Code.EXPUNGED) {
        return;
      }
      throw e;
    }
    try (content) {
      visitor.message(row, content);
    }
  }

  @Override
  public void close() throws StoreException {
    account.close();
  }
}
