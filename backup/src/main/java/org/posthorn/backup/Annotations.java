package org.posthorn.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.store.Account;
import org.posthorn.store.Acl;
import org.posthorn.store.EntryName;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Metadata;
import org.posthorn.store.QuotaLimits;
import org.posthorn.store.QuotaRoot;
import org.posthorn.store.Quotas;
import org.posthorn.store.Rights;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Subscriptions, rights, metadata and limits: read and put back as the administrator, who may do so
 * whatever rights owners left themselves.
 */
final class Annotations {
  private final MailStore store;
  private final Identity admin;
  private final Account account;
  private final List<String> remarks = new ArrayList<>();

  Annotations(MailStore store, Identity admin, Account account) {
    this.store = store;
    this.admin = admin;
    this.account = account;
  }

  /** What could not be put back, one sentence each. */
  List<String> remarks() {
    return List.copyOf(remarks);
  }

  Map<String, Rights> acl(MailboxName name) throws StoreException {
    Optional<Acl> acl = store.facet(Acl.class);
    return acl.isEmpty() ? Map.of() : acl.get().entries(admin, name);
  }

  Map<EntryName, byte[]> metadata(MailboxName name) throws StoreException {
    return metadata(Optional.of(name));
  }

  private Map<EntryName, byte[]> metadata(Optional<MailboxName> place) throws StoreException {
    Optional<Metadata> metadata = store.facet(Metadata.class);
    return metadata.isEmpty() ? Map.of() : metadata.get().get(admin, place);
  }

  /**
   * What the account has besides its mailboxes.
   *
   * @param others mailboxes of others that it sees
   */
  AccountRecord account(List<MailboxInfo> others) throws StoreException {
    List<AccountRecord.Elsewhere> elsewhere = new ArrayList<>();
    for (MailboxInfo other : others) {
      Map<EntryName, byte[]> own = other.selectable() ? ofOthers(other.name()) : Map.of();
      if (other.subscribed() || !own.isEmpty()) {
        elsewhere.add(new AccountRecord.Elsewhere(other.name(), other.subscribed(), own));
      }
    }
    return new AccountRecord(ownOnly(metadata(Optional.empty())), limits(), elsewhere);
  }

  private Map<EntryName, byte[]> ofOthers(MailboxName name) throws StoreException {
    try {
      return ownOnly(metadata(name));
    } catch (StoreException e) {
      if (e.code() == Code.NONEXISTENT || e.code() == Code.NO_PERMISSION) {
        return Map.of();
      }
      throw e;
    }
  }

  private static Map<EntryName, byte[]> ownOnly(Map<EntryName, byte[]> entries) {
    Map<EntryName, byte[]> own = new HashMap<>(entries);
    own.keySet().removeIf(entry -> !entry.isPrivate());
    return own;
  }

  private QuotaLimits limits() throws StoreException {
    Optional<Quotas> quotas = store.facet(Quotas.class);
    return quotas.isEmpty()
        ? QuotaLimits.UNLIMITED
        : quotas.get().root(admin, QuotaRoot.ofAccount(admin.account())).limits();
  }

  /** Adds to what a mailbox has. */
  void add(MailboxRecord mailbox) throws StoreException {
    MailboxName name = mailbox.info().name();
    if (mailbox.info().subscribed()) {
      account.subscribe(name);
    }
    grant(name, mailbox.acl());
    put(Optional.of(name), mailbox.metadata(), Set.of());
  }

  /** Gives a mailbox this and nothing else. */
  void replace(MailboxRecord mailbox) throws StoreException {
    MailboxName name = mailbox.info().name();
    if (!mailbox.info().subscribed()) {
      account.unsubscribe(name);
    }
    Optional<Acl> acl = store.facet(Acl.class);
    if (acl.isPresent()) {
      for (String identifier : acl.get().entries(admin, name).keySet()) {
        if (!mailbox.acl().containsKey(identifier)) {
          acl.get().delete(admin, name, identifier);
        }
      }
    }
    if (mailbox.info().subscribed()) {
      account.subscribe(name);
    }
    grant(name, mailbox.acl());
    put(Optional.of(name), mailbox.metadata(), metadata(name).keySet());
  }

  private void grant(MailboxName name, Map<String, Rights> entries) throws StoreException {
    Optional<Acl> acl = store.facet(Acl.class);
    if (acl.isEmpty()) {
      return;
    }
    for (Map.Entry<String, Rights> entry : entries.entrySet()) {
      try {
        acl.get().set(admin, name, entry.getKey(), Acl.Mode.REPLACE, entry.getValue());
      } catch (StoreException e) {
        if (e.code() != Code.CANNOT) {
          throw e;
        }
        remarks.add(
            "no rights on " + name + " for " + entry.getKey() + ", there is no such account");
      }
    }
  }

  private void put(
      Optional<MailboxName> place, Map<EntryName, byte[]> wanted, Set<EntryName> present)
      throws StoreException {
    Map<EntryName, Optional<byte[]>> changes = new HashMap<>();
    present.forEach(entry -> changes.put(entry, Optional.empty()));
    wanted.forEach((entry, value) -> changes.put(entry, Optional.of(value)));
    Optional<Metadata> metadata = store.facet(Metadata.class);
    if (metadata.isPresent() && !changes.isEmpty()) {
      metadata.get().set(admin, place, changes);
    }
  }

  /** Adds what the account has besides its mailboxes; limits stay what they are. */
  void add(AccountRecord record) throws StoreException {
    put(Optional.empty(), record.metadata(), Set.of());
    for (AccountRecord.Elsewhere other : record.elsewhere()) {
      elsewhere(other);
    }
  }

  /** Gives the account this; an account that had no limits leaves those that it has now. */
  void replace(AccountRecord record) throws StoreException {
    put(Optional.empty(), record.metadata(), ownOnly(metadata(Optional.empty())).keySet());
    for (AccountRecord.Elsewhere other : record.elsewhere()) {
      elsewhere(other);
    }
    Optional<Quotas> quotas = store.facet(Quotas.class);
    if (quotas.isPresent()
        && !record.limits().limits().isEmpty()
        && !record.limits().equals(limits())) {
      quotas.get().setLimits(admin, QuotaRoot.ofAccount(admin.account()), record.limits());
    }
  }

  private void elsewhere(AccountRecord.Elsewhere other) throws StoreException {
    if (other.subscribed()) {
      account.subscribe(other.name());
    }
    try {
      put(Optional.of(other.name()), other.metadata(), Set.of());
    } catch (StoreException e) {
      if (e.code() != Code.NONEXISTENT && e.code() != Code.NO_PERMISSION) {
        throw e;
      }
      remarks.add("no private metadata on " + other.name() + ", there is no such mailbox to see");
    }
  }
}
