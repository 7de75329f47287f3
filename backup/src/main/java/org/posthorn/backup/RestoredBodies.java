package org.posthorn.backup;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.MessageIndexer;
import org.posthorn.mime.MimeLimits;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Restoration;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Where messages that were restored are, by EMAILID, so that their copies share their octets again.
 * Knows a bounded number of the last ones. Used by one thread.
 */
final class RestoredBodies implements AutoCloseable {
  private static final int MOST = 1 << 16;

  private record Place(MailboxName mailbox, long uid) {}

  private final Account account;
  private final ByteBuffer slice;
  private final Map<String, Place> places =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Place> eldest) {
          return size() > MOST;
        }
      };

  /** Stays open for the next copy, which is often of the same mailbox. */
  private @Nullable Mailbox last;

  RestoredBodies(Account account, ByteBuffer slice) {
    this.account = account;
    this.slice = slice;
  }

  /** Takes note of a message that was restored. */
  void note(MailboxName mailbox, Row row) {
    String emailId = row.emailId();
    if (emailId != null) {
      places.putIfAbsent(emailId, new Place(mailbox, row.uid()));
    }
  }

  /**
   * Restores a message by the octets of its copy.
   *
   * @param mailbox of the group, which nobody sees yet
   * @return false when there is no copy
   */
  boolean restore(
      MailboxName mailbox, Restoration.RestoreGroup group, Row row, MessageContent content)
      throws StoreException {
    Optional<MessageContent> found = find(mailbox, group, row);
    if (found.isEmpty()) {
      return false;
    }
    try (MessageContent like = found.get()) {
      if (like.size() != content.size()) {
        return false;
      }
      group.nextLike(row, like, index(content));
      return true;
    }
  }

  private Optional<MessageContent> find(
      MailboxName mailbox, Restoration.RestoreGroup group, Row row) throws StoreException {
    Place place = row.emailId() == null ? null : places.get(row.emailId());
    if (place == null) {
      return Optional.empty();
    }
    try {
      if (place.mailbox().equals(mailbox)) {
        return Optional.of(group.content(place.uid()));
      }
      return Optional.of(opened(place.mailbox()).content(place.uid()));
    } catch (StoreException e) {
      if (e.code() == Code.EXPUNGED || e.code() == Code.NONEXISTENT) {
        places.remove(row.emailId());
        return Optional.empty();
      }
      throw e;
    }
  }

  private Mailbox opened(MailboxName name) throws StoreException {
    Mailbox open = last;
    if (open == null || !open.info().name().equals(name)) {
      close();
      open = account.open(name, Access.READ);
      last = open;
    }
    return open;
  }

  private MessageIndex index(MessageContent content) throws StoreException {
    MessageIndexer indexer = new MessageIndexer(MimeLimits.DEFAULTS);
    long position = 0;
    for (int n; (n = content.read(position, slice.clear())) >= 0; position += n) {
      indexer.write(slice.flip());
    }
    return indexer.finish();
  }

  @Override
  public void close() throws StoreException {
    Mailbox open = last;
    last = null;
    if (open != null) {
      open.close();
    }
  }
}
