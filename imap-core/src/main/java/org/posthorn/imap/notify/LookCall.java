package org.posthorn.imap.notify;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.EntryName;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.Metadata;
import org.posthorn.store.StoreException;

/**
 * Looks at some mailboxes.
 *
 * @param since whether names changed after this number is told as well
 * @param metadata null where no metadata are wanted
 * @param server whether those of the server are wanted
 */
record LookCall(
    Account account,
    List<Wanted> mailboxes,
    long since,
    @Nullable Metadata metadata,
    boolean server)
    implements StoreCall<LookCall.Seen> {

  /** What to look at. */
  record Wanted(MailboxName name, boolean entries) {}

  /** Whether a mailbox can be looked at. */
  enum Access {
    READ,
    /** It may be seen in LIST and no more. */
    DENIED,
    /** No such mailbox any more. */
    GONE
  }

  /** What was seen of one. */
  record Look(
      MailboxName name,
      Access access,
      @Nullable MailboxId id,
      @Nullable Counters counters,
      @Nullable Map<EntryName, Long> entries) {}

  /** All of it. */
  record Seen(
      List<Look> looks, boolean namesChanged, @Nullable Map<EntryName, Long> serverEntries) {}

  @Override
  public Seen invoke(CallContext context) throws StoreException {
    boolean namesChanged = account.changesSince(Long.MAX_VALUE, 1).nextSeq() != since;
    List<Look> looks = new ArrayList<>();
    for (Wanted wanted : mailboxes) {
      looks.add(look(wanted));
    }
    Metadata entries = metadata;
    return new Seen(
        looks, namesChanged, server && entries != null ? digests(entries, Optional.empty()) : null);
  }

  private Look look(Wanted wanted) throws StoreException {
    MailboxName name = wanted.name();
    try {
      MailboxStatus status = account.status(name, Counters.ITEMS);
      Metadata entries = metadata;
      return new Look(
          name,
          Access.READ,
          status.mailbox().id(),
          Counters.of(status),
          wanted.entries() && entries != null ? digests(entries, Optional.of(name)) : null);
    } catch (StoreException e) {
      Access access =
          switch (e.code()) {
            case NONEXISTENT, CANNOT -> Access.GONE;
            case NO_PERMISSION -> Access.DENIED;
            default -> throw e;
          };
      return new Look(name, access, null, null, null);
    }
  }

  private Map<EntryName, Long> digests(Metadata entries, Optional<MailboxName> of)
      throws StoreException {
    Map<EntryName, Long> digests = new TreeMap<>(Comparator.naturalOrder());
    for (Map.Entry<EntryName, byte[]> entry : entries.get(account.identity(), of).entrySet()) {
      digests.put(entry.getKey(), digest(entry.getValue()));
    }
    return digests;
  }

  /** Values may be large; two of them with the same digest nobody makes by chance. */
  private static long digest(byte[] value) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(value)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
