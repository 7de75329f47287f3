package org.posthorn.store.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountChanges;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.HintSink;
import org.posthorn.store.Identity;
import org.posthorn.store.ListQuery;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.Namespaces;
import org.posthorn.store.Replaced;
import org.posthorn.store.Rights.Right;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.WatchSpec;

/** An account with what others share with it; asks for the rights of RFC 4314 section 4. */
final class SharingAccount implements Account {
  private final Sharing sharing;
  private final Account own;

  SharingAccount(Sharing sharing, Account own) {
    this.sharing = sharing;
    this.own = own;
  }

  @Override
  public Identity identity() {
    return own.identity();
  }

  @Override
  public Namespaces namespaces() throws StoreException {
    return sharing.sharers(identity()).isEmpty() ? Namespaces.PERSONAL_ONLY : Sharing.NAMESPACES;
  }

  @Override
  public List<MailboxInfo> list(ListQuery query) throws StoreException {
    return new OthersList(sharing, own).addTo(own.list(query), query);
  }

  private interface OnAccount<T> {
    T run(Account account, Place place) throws StoreException;
  }

  /** Runs on the account that has the mailbox. */
  private <T> T with(MailboxName name, Right needed, OnAccount<T> action) throws StoreException {
    Place place = sharing.place(own, name, needed);
    if (place.owner().equals(identity().account())) {
      return action.run(own, place);
    }
    try (Account owner = sharing.openOwner(identity(), place.owner())) {
      return action.run(owner, place);
    }
  }

  @Override
  public MailboxStatus status(MailboxName name, Set<StatusItem> items) throws StoreException {
    return with(
        name,
        Right.READ,
        (account, place) -> {
          MailboxStatus status = account.status(place.name(), items);
          return new MailboxStatus(
              OthersList.seen(identity(), place.owner(), status.mailbox()), status.values());
        });
  }

  @Override
  public MailboxInfo create(MailboxName name, Set<SpecialUse> use) throws StoreException {
    String owner = Sharing.owner(identity(), name);
    MailboxName inner = Sharing.inner(name);
    try (Account account = sharing.openOwner(identity(), owner)) {
      Inheritance inheritance = Inheritance.of(sharing, identity(), account, owner, inner);
      MailboxInfo info = account.create(inner, use);
      inheritance.apply(inner);
      return OthersList.seen(identity(), owner, info);
    }
  }

  @Override
  public void delete(MailboxName name) throws StoreException {
    MailboxName inner = Sharing.inner(name);
    if (isOwnName(name) && !hasMailbox(inner)) {
      own.delete(inner);
      return;
    }
    with(
        name,
        Right.DELETE_MAILBOX,
        (account, place) -> {
          account.delete(place.name());
          sharing.acl().forget(place.owner(), place.id());
          return place;
        });
  }

  private boolean isOwnName(MailboxName name) {
    return Sharing.owner(identity(), name).equals(identity().account()) && !Sharing.isOthers(name);
  }

  /** Names without a mailbox have no list of rights: they are their owner's. */
  private boolean hasMailbox(MailboxName name) throws StoreException {
    try {
      return own.status(name, Set.of()).mailbox().selectable();
    } catch (StoreException e) {
      if (e.code() == Code.NONEXISTENT || e.code() == Code.CANNOT) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void rename(MailboxName from, MailboxName to) throws StoreException {
    MailboxName innerFrom = Sharing.inner(from);
    MailboxName innerTo = Sharing.inner(to);
    String owner = Sharing.owner(identity(), from);
    if (!owner.equals(Sharing.owner(identity(), to))) {
      throw new StoreException(Code.CANNOT, "a mailbox cannot move to another user by a rename");
    }
    if (isOwnName(from) && !hasMailbox(innerFrom)) {
      own.rename(innerFrom, innerTo);
      return;
    }
    with(
        from,
        Right.DELETE_MAILBOX,
        (account, place) -> {
          Inheritance inheritance = Inheritance.of(sharing, identity(), account, owner, innerTo);
          account.rename(innerFrom, innerTo);
          // The mailbox keeps its entries; superiors made for it, and what INBOX left, inherit.
          if (innerFrom.isInbox()) {
            inheritance.apply(innerTo);
          } else {
            inheritance.applyToSuperiors(innerTo);
          }
          return place;
        });
  }

  @Override
  public void subscribe(MailboxName name) throws StoreException {
    own.subscribe(name);
  }

  @Override
  public void unsubscribe(MailboxName name) throws StoreException {
    own.unsubscribe(name);
  }

  @Override
  public Mailbox open(MailboxName name, Access access) throws StoreException {
    return with(
        name,
        Right.READ,
        (account, place) -> {
          Access possible = place.rights().hasAny(SharingMailbox.CHANGING) ? access : Access.READ;
          return new SharingMailbox(
              sharing, identity(), place, account.open(place.name(), possible));
        });
  }

  @Override
  public AppendGroup beginAppend(MailboxName destination, Optional<Replaced> replaces)
      throws StoreException {
    Optional<Replaced> bare = SharingMailbox.unwrapped(replaces);
    return with(
        destination,
        Right.INSERT,
        (account, place) -> {
          if (replaces.isPresent()
              && replaces.get().mailbox() instanceof SharingMailbox source
              && !source.place().owner().equals(place.owner())) {
            return CrossReplace.begin(
                account,
                identity(),
                sharing.store().journal(),
                source.place(),
                bare.orElseThrow(),
                place);
          }
          return new SharingAppend(account.beginAppend(place.name(), bare), identity(), place);
        });
  }

  @Override
  public boolean beginsAppendAtOnce(MailboxName destination) {
    return isOwnName(destination) && own.beginsAppendAtOnce(destination);
  }

  /** What others share from now on with somebody who had nothing of them is not heard of. */
  @Override
  public AutoCloseable watch(WatchSpec what, HintSink sink) throws StoreException {
    List<AutoCloseable> watches = new ArrayList<>();
    watches.add(own.watch(what, sink));
    for (String sharer : sharing.sharers(identity())) {
      Optional<WatchSpec> inner = OthersList.within(what, sharer);
      if (inner.isPresent() && sharing.store().exists(sharer)) {
        try (Account account = sharing.openOwner(identity(), sharer)) {
          watches.add(account.watch(inner.get(), sink));
        }
      }
    }
    return watches.size() == 1 ? watches.get(0) : () -> closeAll(watches);
  }

  private static void closeAll(List<AutoCloseable> watches) throws Exception {
    for (AutoCloseable watch : watches) {
      watch.close();
    }
  }

  @Override
  public AccountChanges changesSince(long accountSeq, int max) throws StoreException {
    return own.changesSince(accountSeq, max);
  }

  @Override
  public void close() throws StoreException {
    own.close();
  }
}
