package org.posthorn.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.Item;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Namespaces;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Role;
import org.posthorn.store.Row;
import org.posthorn.store.Snapshot;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/**
 * An account of a store. Other users' mailboxes that it sees are not its mail and left out. Works
 * while the account is in use: the mailboxes are those at one moment under the names of that
 * moment; what is deleted or expunged meanwhile is passed over, what comes waits for the next time.
 */
public final class StoreSource implements MailSource {
  static final Set<Item> ITEMS =
      EnumSet.of(Item.SIZE, Item.INTERNAL_DATE, Item.SAVE_DATE, Item.IDS);

  private static final ListQuery SUBSCRIBED = new ListQuery(List.of(), Integer.MAX_VALUE, true);
  private static final int ATTEMPTS = 10;

  private final Account account;
  private final Annotations annotations;

  private StoreSource(MailStore store, Identity admin) throws StoreException {
    this.account = store.open(admin);
    this.annotations = new Annotations(store, admin, account);
  }

  /**
   * Opens an account; the store stays the caller's.
   *
   * @throws StoreException NONEXISTENT when there is no such account
   */
  public static StoreSource of(MailStore store, String account) throws StoreException {
    return new StoreSource(store, new Identity(account, account, Role.ADMIN));
  }

  /** A list that was overtaken by DELETE or RENAME is made again. */
  @Override
  public List<MailboxRecord> mailboxes() throws StoreException {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      List<MailboxRecord> records = new ArrayList<>();
      List<MailboxInfo> infos = own();
      for (MailboxInfo info : infos) {
        record(info).ifPresent(records::add);
      }
      if (records.size() == infos.size()) {
        return records;
      }
    }
    throw new StoreException(
        Code.UNAVAILABLE, "the mailboxes change faster than they can be looked at");
  }

  @Override
  public AccountRecord account() throws StoreException {
    List<MailboxInfo> others = listed();
    Namespaces namespaces = account.namespaces();
    others.removeIf(info -> !isOthers(info.name(), namespaces));
    return annotations.account(others);
  }

  private List<MailboxInfo> own() throws StoreException {
    List<MailboxInfo> own = listed();
    // Asked afterwards: what is shared in between must not be taken for the account's own.
    Namespaces namespaces = account.namespaces();
    own.removeIf(info -> isOthers(info.name(), namespaces));
    return own;
  }

  /** All names, and those that are only subscribed. */
  private List<MailboxInfo> listed() throws StoreException {
    SortedMap<MailboxName, MailboxInfo> found = new TreeMap<>();
    for (MailboxInfo info : account.list(SUBSCRIBED)) {
      if (info.subscribed()) {
        found.put(info.name(), info);
      }
    }
    for (MailboxInfo info : account.list(ListQuery.ALL)) {
      found.put(info.name(), info);
    }
    return new ArrayList<>(found.values());
  }

  private static boolean isOthers(MailboxName name, Namespaces namespaces) {
    return isBelow(name, namespaces.otherUsers()) || isBelow(name, namespaces.shared());
  }

  private static boolean isBelow(MailboxName name, List<Namespaces.Namespace> namespaces) {
    for (Namespaces.Namespace namespace : namespaces) {
      if ((name.path() + MailboxName.DELIMITER).startsWith(namespace.prefix())) {
        return true;
      }
    }
    return false;
  }

  /** Empty when the mailbox is gone or another one. */
  private Optional<MailboxRecord> record(MailboxInfo info) throws StoreException {
    if (!info.selectable()) {
      return Optional.of(new MailboxRecord(info, 0, 0, 0, Map.of(), Map.of()));
    }
    Optional<Mailbox> opened = openIf(info.name(), info);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Mailbox mailbox = opened.get()) {
      Snapshot cut = mailbox.snapshot();
      return Optional.of(
          new MailboxRecord(
              info,
              cut.uidNext(),
              cut.highestModSeq(),
              cut.uids().size(),
              annotations.acl(info.name()),
              annotations.metadata(info.name())));
    } catch (StoreException e) {
      if (e.code() == Code.NONEXISTENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Opens what has that name if it is the mailbox that was listed. */
  private Optional<Mailbox> openIf(MailboxName name, MailboxInfo listed) throws StoreException {
    Mailbox mailbox;
    try {
      mailbox = account.open(name, Access.READ);
    } catch (StoreException e) {
      if (e.code() == Code.NONEXISTENT || e.code() == Code.CANNOT) {
        return Optional.empty();
      }
      throw e;
    }
    if (isSame(mailbox.info(), listed)) {
      return Optional.of(mailbox);
    }
    mailbox.close();
    return Optional.empty();
  }

  private static boolean isSame(MailboxInfo one, MailboxInfo other) {
    return Objects.equals(one.id(), other.id()) && one.uidValidity() == other.uidValidity();
  }

  /**
   * Opens a mailbox that was listed, whatever it is called now; empty when it is gone. What has its
   * name now may be another one.
   */
  Optional<Mailbox> open(MailboxRecord record) throws StoreException {
    MailboxInfo listed = record.info();
    Optional<Mailbox> opened = openIf(listed.name(), listed);
    for (int attempt = 1; opened.isEmpty() && attempt < ATTEMPTS; attempt++) {
      Optional<MailboxName> now = nameOf(listed);
      if (now.isEmpty()) {
        return Optional.empty();
      }
      opened = openIf(now.get(), listed);
    }
    return opened;
  }

  private Optional<MailboxName> nameOf(MailboxInfo listed) throws StoreException {
    for (MailboxInfo info : own()) {
      if (info.selectable() && isSame(info, listed)) {
        return Optional.of(info.name());
      }
    }
    return Optional.empty();
  }

  @Override
  public void messages(MailboxRecord record, Visitor visitor) throws IOException, StoreException {
    Optional<Mailbox> opened = open(record);
    if (opened.isEmpty()) {
      return;
    }
    try (Mailbox mailbox = opened.get()) {
      each(mailbox, uids(mailbox, record), visitor);
    }
  }

  /** Those of the messages at the time of the record that are still there. */
  static UidSet uids(Mailbox mailbox, MailboxRecord record) throws StoreException {
    if (record.uidNext() <= 1) {
      return UidSet.EMPTY;
    }
    try {
      return mailbox.snapshot().uids().clamp(1, record.uidNext() - 1);
    } catch (StoreException e) {
      if (e.code() == Code.NONEXISTENT) {
        return UidSet.EMPTY;
      }
      throw e;
    }
  }

  /** Visits messages as long as they are there. */
  static void each(Mailbox mailbox, UidSet uids, Visitor visitor)
      throws IOException, StoreException {
    for (UidSet left = uids; !left.isEmpty(); ) {
      Page page;
      try {
        page = mailbox.list(left, PageLimit.DEFAULT, ITEMS);
      } catch (StoreException e) {
        if (e.code() == Code.NONEXISTENT) {
          return;
        }
        throw e;
      }
      for (Row row : page.rows()) {
        message(mailbox, row, visitor);
      }
      left = page.next() == 0 ? UidSet.EMPTY : left.clamp(page.next(), UidSet.MAX_UID);
    }
  }

  private static void message(Mailbox mailbox, Row row, Visitor visitor)
      throws IOException, StoreException {
    MessageContent content;
    try {
      content = mailbox.content(row.uid());
    } catch (StoreException e) {
      if (e.code() == Code.EXPUNGED || e.code() == Code.NONEXISTENT) {
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
