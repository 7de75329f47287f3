package org.posthorn.store.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Account;
import org.posthorn.store.Acl;
import org.posthorn.store.Identity;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Namespaces;
import org.posthorn.store.Rights;
import org.posthorn.store.Rights.Right;
import org.posthorn.store.Role;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Shows accounts the mailboxes that others share with them, as names below {@value #OTHERS}, and
 * keeps rights. It stands in front of a store that knows neither. Thread-safe.
 */
public final class Sharing {
  /** Begins the names of other users' mailboxes; the owner's account name follows. */
  public static final String OTHERS = "Other Users";

  static final Namespaces NAMESPACES =
      new Namespaces(
          List.of(new Namespaces.Namespace("")),
          List.of(new Namespaces.Namespace(OTHERS + "/")),
          List.of());

  /** The store behind. */
  public interface Store {
    /**
     * An account as its owner sees it, without what others share and without any question of
     * rights.
     *
     * @throws StoreException NONEXISTENT
     */
    Account openOwn(Identity who) throws StoreException;

    /** Whether there is such an account. */
    boolean exists(String account) throws StoreException;

    /** What makes a MOVE between accounts recoverable. */
    default MoveJournal journal() {
      return MoveJournal.NONE;
    }
  }

  private final Store store;
  private final AclTable acl;

  public Sharing(Store store, AclTable acl) {
    this.store = store;
    this.acl = acl;
  }

  /** An account with what others share with it. */
  public Account open(Identity who) throws StoreException {
    return new SharingAccount(this, store.openOwn(who));
  }

  /** The store's own handle behind one that an account of {@link #open} gave. */
  public static Mailbox unwrapped(Mailbox mailbox) {
    return SharingMailbox.unwrapped(mailbox);
  }

  AclTable acl() {
    return acl;
  }

  Store store() {
    return store;
  }

  Account openOwner(Identity who, String owner) throws StoreException {
    return store.openOwn(owner.equals(who.account()) ? who : Identity.owner(owner));
  }

  /** The account whose namespace holds a name, whether or not there is a mailbox. */
  public static String owner(Identity who, MailboxName name) {
    return isOthers(name) ? name.segments().get(1) : who.account();
  }

  /**
   * What the owner calls it.
   *
   * @throws StoreException NONEXISTENT for the bare beginning of other users' names
   */
  static MailboxName inner(MailboxName name) throws StoreException {
    if (isOthers(name)) {
      return MailboxName.of(name.segments().subList(2, name.depth()));
    }
    if (name.segments().get(0).equals(OTHERS)) {
      throw new StoreException(Code.CANNOT, "the name stands for other users' mailboxes");
    }
    return name;
  }

  static boolean isOthers(MailboxName name) {
    return name.depth() > 2 && name.segments().get(0).equals(OTHERS);
  }

  /** What somebody else calls a mailbox; null where the owner's name is none for a mailbox. */
  static @Nullable MailboxName outer(String owner, MailboxName inner) {
    List<String> segments = new ArrayList<>();
    segments.add(OTHERS);
    segments.add(owner);
    segments.addAll(inner.segments());
    try {
      MailboxName name = MailboxName.of(segments);
      return name.segments().get(1).equals(owner) ? name : null;
    } catch (InvalidMailboxName tooLongOrOdd) {
      return null;
    }
  }

  /**
   * Finds a mailbox for somebody who may know of it.
   *
   * @throws StoreException NONEXISTENT, CANNOT for a name without a mailbox
   */
  public Place place(Identity who, MailboxName name) throws StoreException {
    Place place = find(who, null, name);
    if (!place.rights().hasAny(AclEntries.KNOWING)) {
      throw nonexistent();
    }
    return place;
  }

  /** An account's own INBOX, at which is hinted what concerns the account. */
  Place inbox(Identity who) throws StoreException {
    return find(who, null, MailboxName.INBOX);
  }

  /**
   * As place, and asks for a right.
   *
   * @throws StoreException NO_PERMISSION; NONEXISTENT to somebody who may not even look the mailbox
   *     up
   */
  Place place(Identity who, MailboxName name, Right needed) throws StoreException {
    Place place = find(who, null, name);
    require(place.rights(), needed);
    return place;
  }

  /** As place for the identity of an open account, which is used where the mailbox is its own. */
  Place place(Account own, MailboxName name, Right needed) throws StoreException {
    Place place = find(own.identity(), own, name);
    require(place.rights(), needed);
    return place;
  }

  static void require(Rights rights, Right needed) throws StoreException {
    if (!rights.has(needed)) {
      if (!rights.has(Right.LOOKUP)) {
        throw nonexistent();
      }
      throw new StoreException(Code.NO_PERMISSION, "you have no right to do that");
    }
  }

  private Place find(Identity who, @Nullable Account own, MailboxName name) throws StoreException {
    String owner = owner(who, name);
    MailboxName inner = inner(name);
    if (own != null && owner.equals(who.account())) {
      return find(own, who, owner, inner);
    }
    try (Account account = openOwner(who, owner)) {
      return find(account, who, owner, inner);
    }
  }

  private Place find(Account account, Identity who, String owner, MailboxName inner)
      throws StoreException {
    MailboxId id = account.status(inner, Set.<StatusItem>of()).mailbox().id();
    if (id == null) {
      throw nonexistent();
    }
    return new Place(owner, inner, id, rights(who, owner, id));
  }

  /** What somebody may do with a mailbox. */
  Rights rights(Identity who, String owner, MailboxId id) throws StoreException {
    if (who.account().equals(owner) && who.role() != Role.OWNER) {
      return Rights.ALL;
    }
    SortedMap<String, Rights> entries = acl.entries(owner, id);
    return AclEntries.rights(entries, who.account(), owner);
  }

  /** Accounts that may share something with somebody. */
  List<String> sharers(Identity who) throws StoreException {
    List<String> sharers = new ArrayList<>(acl.owners(List.of(who.account(), Acl.ANYONE)));
    sharers.remove(who.account());
    sharers.sort(null);
    return sharers;
  }

  static StoreException nonexistent() {
    return new StoreException(Code.NONEXISTENT, "no such mailbox");
  }
}
