package org.posthorn.pop3;

import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.posthorn.store.Account;
import org.posthorn.store.Mailbox;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * The INBOX as it was at login: it does not change while the session lasts (RFC 1939 section 4).
 * Messages have numbers from 1. Sizes are what RETR sends: a message without a final line end is
 * sent with one.
 */
public final class Maildrop implements AutoCloseable {
  private static final long RENEW_AFTER = Duration.ofMinutes(1).toNanos();

  private final Account account;
  private final Mailbox mailbox;
  private final long uidValidity;
  private final long[] uids;
  private final long[] sizes;
  private final BitSet deleted = new BitSet();
  private final BitSet retrieved = new BitSet();
  private final ReadAhead ahead = new ReadAhead(this);
  private final AtomicBoolean closed = new AtomicBoolean();
  private long leaseSeen;
  private int left;
  private long octetsLeft;

  Maildrop(Account account, Mailbox mailbox, long uidValidity, long[] uids, long[] sizes) {
    this.account = account;
    this.mailbox = mailbox;
    this.uidValidity = uidValidity;
    this.uids = uids;
    this.sizes = sizes;
    undelete();
  }

  /** Name of the account, for events. */
  public String account() {
    return account.identity().account();
  }

  Account openAccount() {
    return account;
  }

  /** Where the messages are. */
  public Mailbox mailbox() {
    return mailbox;
  }

  ReadAhead ahead() {
    return ahead;
  }

  /** Messages at login, those marked as deleted included. */
  public int count() {
    return uids.length;
  }

  /** Messages that are not marked as deleted. */
  public int left() {
    return left;
  }

  /** Octets of the messages that are not marked as deleted. */
  public long octetsLeft() {
    return octetsLeft;
  }

  public boolean isDeleted(int number) {
    return deleted.get(number);
  }

  /** Octets of a message as RETR sends it, before dots are doubled. */
  public long size(int number) {
    return sizes[number - 1];
  }

  public long uid(int number) {
    return uids[number - 1];
  }

  /** Never given to another message of this account (RFC 1939 section 7, UIDL). */
  public String uniqueId(int number) {
    return uidValidity + "-" + uid(number);
  }

  /**
   * Whether the lock on the mailbox should be used again, so that it does not expire; asked with
   * every command.
   */
  boolean leaseIsOld(long nanoTime) {
    boolean old = nanoTime - leaseSeen > RENEW_AFTER;
    if (old) {
      leaseSeen = nanoTime;
    }
    return old;
  }

  void leaseTaken(long nanoTime) {
    leaseSeen = nanoTime;
  }

  void delete(int number) {
    deleted.set(number);
    left--;
    octetsLeft -= size(number);
  }

  void undelete() {
    deleted.clear();
    left = uids.length;
    octetsLeft = 0;
    for (long size : sizes) {
      octetsLeft += size;
    }
  }

  /** The whole message was sent. */
  void retrieved(int number) {
    retrieved.set(number);
  }

  UidSet deletedUids() {
    return uids(deleted);
  }

  UidSet deletedOrRetrieved() {
    BitSet both = (BitSet) deleted.clone();
    both.or(retrieved);
    return uids(both);
  }

  UidSet allUids() {
    BitSet all = new BitSet();
    all.set(1, uids.length + 1);
    return uids(all);
  }

  private UidSet uids(BitSet numbers) {
    UidSet.Builder set = UidSet.builder();
    for (int n = numbers.nextSetBit(0); n >= 0; n = numbers.nextSetBit(n + 1)) {
      set.add(uid(n));
    }
    return set.build();
  }

  /** The second time, by a session that ends, this does nothing. */
  @Override
  public void close() throws StoreException {
    if (closed.getAndSet(true)) {
      return;
    }
    try (account) {
      mailbox.close();
    }
  }
}
