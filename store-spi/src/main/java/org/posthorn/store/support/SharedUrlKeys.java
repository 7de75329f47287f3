package org.posthorn.store.support;

import java.security.SecureRandom;
import java.util.Optional;
import org.posthorn.store.Identity;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Rights.Right;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UrlKeys;

/** The facet for a store behind {@link Sharing}; keys are kept by the account whose they are. */
public final class SharedUrlKeys implements UrlKeys {
  private static final String NAME = "urlauth";

  private final Sharing sharing;
  private final AttributeTable table;

  public SharedUrlKeys(Sharing sharing, AttributeTable table) {
    this.sharing = sharing;
    this.table = table;
  }

  @Override
  public byte[] key(Identity who, MailboxName mailbox) throws StoreException {
    Place place = sharing.place(who, mailbox, Right.READ);
    byte[] known = table.get(who.account(), place.id().value()).get(NAME);
    if (known != null) {
      return known;
    }
    byte[][] key = {newKey()};
    table.change(
        who.account(),
        place.id().value(),
        attributes -> {
          byte[] earlier = attributes.putIfAbsent(NAME, key[0]);
          key[0] = earlier == null ? key[0] : earlier;
        });
    return key[0];
  }

  @Override
  public Optional<byte[]> find(String account, MailboxName mailbox) throws StoreException {
    try {
      Place place = sharing.place(Identity.owner(account), mailbox, Right.READ);
      return Optional.ofNullable(table.get(account, place.id().value()).get(NAME));
    } catch (StoreException e) {
      if (e.code() == Code.NONEXISTENT
          || e.code() == Code.CANNOT
          || e.code() == Code.NO_PERMISSION) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void reset(Identity who, MailboxName mailbox) throws StoreException {
    Place place = sharing.place(who, mailbox, Right.READ);
    byte[] key = newKey();
    table.change(who.account(), place.id().value(), attributes -> attributes.put(NAME, key));
  }

  @Override
  public void resetAll(Identity who) throws StoreException {
    table.removeAll(who.account(), NAME);
  }

  private byte[] newKey() {
    byte[] key = new byte[KEY_OCTETS];
    Randomness.SOURCE.nextBytes(key);
    return key;
  }

  /** Initialised when the first key is made: providers of randomness are slow to find. */
  private static final class Randomness {
    static final SecureRandom SOURCE = new SecureRandom();
  }
}
