package org.posthorn.store.support;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.posthorn.store.Acl;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Rights;
import org.posthorn.store.Rights.Right;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** The facet for a store behind {@link Sharing}. Thread-safe. */
public final class SharedAcl implements Acl {
  /** Entries of one mailbox. */
  public static final int MOST_ENTRIES = 1_000;

  private final Sharing sharing;
  private final AttributeTable hints;

  /**
   * @param hints gives those who watch a mailbox, or an account's INBOX, reason to look
   */
  public SharedAcl(Sharing sharing, AttributeTable hints) {
    this.sharing = sharing;
    this.hints = hints;
  }

  @Override
  public SortedMap<String, Rights> entries(Identity who, MailboxName mailbox)
      throws StoreException {
    Place place = sharing.place(who, mailbox, Right.ADMINISTER);
    SortedMap<String, Rights> entries =
        new TreeMap<>(sharing.acl().entries(place.owner(), place.id()));
    entries.merge(place.owner(), Rights.ALL, (set, all) -> set.plus(Acl.OWNER_KEEPS));
    return entries;
  }

  @Override
  public void set(Identity who, MailboxName mailbox, String identifier, Mode mode, Rights rights)
      throws StoreException {
    Place place = sharing.place(who, mailbox, Right.ADMINISTER);
    checkNamesSomebody(identifier);
    // Two who change one entry at the same time take turns.
    synchronized (sharing) {
      SortedMap<String, Rights> entries = sharing.acl().entries(place.owner(), place.id());
      boolean owner = identifier.equals(place.owner());
      Rights before = entries.getOrDefault(identifier, owner ? Rights.ALL : Rights.NONE);
      Rights after =
          switch (mode) {
            case REPLACE -> rights;
            case ADD -> before.plus(rights);
            case REMOVE -> before.minus(rights);
          };
      if (!entries.containsKey(identifier) && entries.size() >= MOST_ENTRIES) {
        throw new StoreException(Code.LIMIT, "the mailbox has too many access control entries");
      }
      put(place, identifier, owner ? after.plus(Acl.OWNER_KEEPS) : after);
    }
  }

  @Override
  public void delete(Identity who, MailboxName mailbox, String identifier) throws StoreException {
    Place place = sharing.place(who, mailbox, Right.ADMINISTER);
    put(place, identifier, identifier.equals(place.owner()) ? Acl.OWNER_KEEPS : Rights.NONE);
  }

  private void put(Place place, String identifier, Rights rights) throws StoreException {
    sharing.acl().put(place.owner(), place.id(), identifier, rights.isEmpty() ? null : rights);
    hints.hint(place);
    String account = named(identifier);
    if (!account.equals(place.owner()) && sharing.store().exists(account)) {
      // Who sees nothing of the owner's so far does not watch there.
      hints.hint(sharing.inbox(Identity.owner(account)));
    }
  }

  @Override
  public Grantable grantable(Identity who, MailboxName mailbox, String identifier)
      throws StoreException {
    Place place = sharing.place(who, mailbox, Right.ADMINISTER);
    Rights always = identifier.equals(place.owner()) ? Acl.OWNER_KEEPS : Rights.NONE;
    List<Rights> optional = new ArrayList<>();
    for (Right right : Right.values()) {
      if (!always.has(right)) {
        optional.add(Rights.of(right));
      }
    }
    return new Grantable(always, optional);
  }

  @Override
  public Rights mine(Identity who, MailboxName mailbox) throws StoreException {
    return sharing.place(who, mailbox).rights();
  }

  private static String named(String identifier) {
    return identifier.startsWith(AclEntries.NEGATIVE) ? identifier.substring(1) : identifier;
  }

  private void checkNamesSomebody(String identifier) throws StoreException {
    String name = named(identifier);
    if (!name.equals(Acl.ANYONE) && !sharing.store().exists(name)) {
      throw new StoreException(Code.CANNOT, "the identifier names nobody");
    }
  }
}
