package org.posthorn.imap.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.posthorn.imap.collation.Collation;
import org.posthorn.imap.fetch.StoredMessage;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Item;
import org.posthorn.store.Mailbox;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Collects what threads are made of from one page of messages. It comes from MIME indexes; a
 * message is read only where its index has to be made anew.
 */
record ThreadKeysCall(Mailbox mailbox, UidSet messages, Collation collation, PageLimit limit)
    implements StoreCall<ThreadKeysCall.Result> {

  private static final Set<Item> ITEMS = Set.of(Item.INDEX, Item.INTERNAL_DATE);

  /**
   * @param next the first UID that was not looked at, 0 when all were
   */
  record Result(List<ThreadKeys> messages, long next) {}

  @Override
  public Lane lane() {
    return Lane.CPU;
  }

  @Override
  public Result invoke(CallContext context) throws StoreException {
    Page page = mailbox.list(messages, limit, ITEMS);
    List<ThreadKeys> keys = new ArrayList<>(page.rows().size());
    for (Row row : page.rows()) {
      if (context.cancelled()) {
        throw new StoreException(StoreException.Code.CANCELLED, "thread cancelled");
      }
      try (StoredMessage message = new StoredMessage(mailbox, row)) {
        keys.add(ThreadKeys.of(row, message.index().root(), collation));
      } catch (StoreException e) {
        if (e.code() != StoreException.Code.EXPUNGED) {
          throw e;
        }
      }
    }
    return new Result(keys, page.next());
  }
}
