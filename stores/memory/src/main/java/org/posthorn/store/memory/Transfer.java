package org.posthorn.store.memory;

import java.time.Instant;
import java.util.List;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** COPY or MOVE of messages between mailboxes of one account, all or nothing, under its lock. */
final class Transfer {
  private final MailboxState source;
  private final MailboxState destination;
  private final List<Message> messages;

  Transfer(MailboxState source, MailboxState destination, UidSet uids) {
    this.source = source;
    this.destination = destination;
    this.messages = source.messages(uids);
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** The messages there were. */
  UidSet found() {
    UidSet.Builder found = UidSet.builder();
    messages.forEach(message -> found.add(message.uid));
    return found.build();
  }

  /** What the copies add to a quota. */
  QuotaUse use() {
    return MailboxState.use(messages);
  }

  /** Gives the UIDs of the copies. */
  UidSet copy(Instant now) throws StoreException {
    return isEmpty() ? UidSet.EMPTY : copy(now, checked().nextModSeq());
  }

  /** As copy; the originals vanish, in the same step where both are one mailbox. */
  UidSet move(Instant now) throws StoreException {
    if (isEmpty()) {
      return UidSet.EMPTY;
    }
    long modSeq = checked().nextModSeq();
    UidSet copies = copy(now, modSeq);
    source.remove(messages, source.equals(destination) ? modSeq : source.nextModSeq());
    return copies;
  }

  private MailboxState checked() throws StoreException {
    destination.checkRoom(
        messages.size(), messages.stream().map(Message::flags).distinct().toList());
    return destination;
  }

  private UidSet copy(Instant now, long modSeq) {
    UidSet.Builder copies = UidSet.builder();
    for (Message message : messages) {
      message.body.hold();
      copies.add(
          destination.add(
              message.body, message.thread, message.flags(), message.internalDate, now, modSeq));
    }
    return copies.build();
  }
}
