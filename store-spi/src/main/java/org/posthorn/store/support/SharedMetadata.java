package org.posthorn.store.support;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.posthorn.store.EntryName;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Metadata;
import org.posthorn.store.Rights;
import org.posthorn.store.Rights.Right;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * The facet for a store behind {@link Sharing}. Shared entries are kept by a mailbox's owner,
 * private ones by who set them. Thread-safe.
 */
public final class SharedMetadata implements Metadata {
  private static final Rights ACCESSING =
      Rights.of(Right.READ, Right.SEEN, Right.WRITE, Right.INSERT, Right.POST);
  private static final EntryName ADMIN = new EntryName("/shared/admin");
  private static final String SERVER = "";

  private final Sharing sharing;
  private final AttributeTable table;
  private final Limits limits;

  public SharedMetadata(Sharing sharing, AttributeTable table, Limits limits) {
    this.sharing = sharing;
    this.table = table;
    this.limits = limits;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public SortedMap<EntryName, byte[]> get(Identity who, Optional<MailboxName> mailbox)
      throws StoreException {
    SortedMap<EntryName, byte[]> entries = new TreeMap<>();
    if (mailbox.isEmpty()) {
      collect(table.get(SERVER, ""), false, entries);
      collect(table.get(who.account(), ""), true, entries);
    } else {
      Place place = accessible(who, mailbox.get());
      String object = place.id().value();
      collect(table.get(place.owner(), object), false, entries);
      collect(table.get(who.account(), object), true, entries);
    }
    return entries;
  }

  private static void collect(
      SortedMap<String, byte[]> attributes,
      boolean ofPrivate,
      SortedMap<EntryName, byte[]> entries) {
    attributes.forEach(
        (name, value) -> {
          if (name.startsWith("/")) {
            EntryName entry = new EntryName(name);
            if (entry.isPrivate() == ofPrivate) {
              entries.put(entry, value);
            }
          }
        });
  }

  @Override
  public void set(
      Identity who, Optional<MailboxName> mailbox, Map<EntryName, Optional<byte[]>> changes)
      throws StoreException {
    Map<String, Optional<byte[]>> shared = new HashMap<>();
    Map<String, Optional<byte[]>> own = new HashMap<>();
    for (Map.Entry<EntryName, Optional<byte[]>> change : changes.entrySet()) {
      if (change.getValue().isPresent() && change.getValue().get().length > limits.valueOctets()) {
        throw new StoreException(Code.TOO_BIG, "the value of a metadata entry is too big");
      }
      (change.getKey().isPrivate() ? own : shared).put(change.getKey().path(), change.getValue());
    }
    if (mailbox.isEmpty()) {
      checkMaySetOfServer(who, changes, shared.isEmpty());
      apply(SERVER, "", shared, who.account(), own);
      table.hint(sharing.inbox(who));
      return;
    }
    Place place = accessible(who, mailbox.get());
    if (!shared.isEmpty()) {
      Sharing.require(place.rights(), Right.WRITE);
    }
    apply(place.owner(), place.id().value(), shared, who.account(), own);
    table.hint(place);
  }

  private static void checkMaySetOfServer(
      Identity who, Map<EntryName, Optional<byte[]>> changes, boolean onlyPrivate)
      throws StoreException {
    if (who.role() == Role.ADMIN || onlyPrivate) {
      return;
    }
    throw changes.containsKey(ADMIN)
        ? new StoreException(Code.CANNOT, "that entry cannot be changed")
        : new StoreException(
            Code.NO_PERMISSION, "only the administrator sets entries of the server");
  }

  /**
   * All or none where both are of one account; else what may be refused comes before what may not.
   */
  private void apply(
      String keeper,
      String object,
      Map<String, Optional<byte[]>> shared,
      String account,
      Map<String, Optional<byte[]>> own)
      throws StoreException {
    if (keeper.equals(account)) {
      Map<String, Optional<byte[]>> all = new HashMap<>(shared);
      all.putAll(own);
      if (!all.isEmpty()) {
        table.change(account, object, attributes -> edit(attributes, all));
      }
      return;
    }
    if (!own.isEmpty() && !shared.isEmpty()) {
      // Tried first on a copy, so that the second is refused before the first is kept.
      edit(table.get(account, object), own);
    }
    if (!shared.isEmpty()) {
      table.change(keeper, object, attributes -> edit(attributes, shared));
    }
    if (!own.isEmpty()) {
      table.change(account, object, attributes -> edit(attributes, own));
    }
  }

  private void edit(SortedMap<String, byte[]> attributes, Map<String, Optional<byte[]>> changes)
      throws StoreException {
    boolean added = false;
    for (Map.Entry<String, Optional<byte[]>> change : changes.entrySet()) {
      if (change.getValue().isPresent()) {
        added |= attributes.put(change.getKey(), change.getValue().get()) == null;
      } else {
        attributes.remove(change.getKey());
      }
    }
    long shared = attributes.keySet().stream().filter(name -> name.startsWith("/shared/")).count();
    long own = attributes.keySet().stream().filter(name -> name.startsWith("/private/")).count();
    if (added && Math.max(shared, own) > limits.entries()) {
      throw new StoreException(Code.LIMIT, "there are too many metadata entries");
    }
  }

  /** RFC 5464 section 3.3. */
  private Place accessible(Identity who, MailboxName mailbox) throws StoreException {
    Place place = sharing.place(who, mailbox, Right.LOOKUP);
    if (!place.rights().hasAny(ACCESSING)) {
      throw new StoreException(Code.NO_PERMISSION, "you have no right to see its metadata");
    }
    return place;
  }
}
