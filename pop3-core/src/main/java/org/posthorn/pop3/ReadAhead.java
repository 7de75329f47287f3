package org.posthorn.pop3;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Octets;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Item;
import org.posthorn.store.MessageContent;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/**
 * Small messages that come with the one before, for a client that retrieves one after the other: a
 * store that does not answer at once is asked for several at a time. Confined like the session, and
 * to the call that is under way.
 */
final class ReadAhead {
  private static final int MESSAGES = 16;

  private final Maildrop maildrop;
  private final Map<Long, Row> kept = new HashMap<>();
  private int last;

  ReadAhead(Maildrop maildrop) {
    this.maildrop = maildrop;
  }

  /**
   * Finds a message that is to be sent as a whole.
   *
   * @param octets how many may be kept
   */
  StoreCall<OpenMessage.Opened> open(int number, boolean plainOnly, int octets) {
    boolean inOrder = number == last + 1;
    last = number;
    OpenMessage open = OpenMessage.whole(maildrop.mailbox(), maildrop.uid(number), plainOnly);
    Row row = kept.remove(open.uid());
    if (row != null) {
      return new Known(opened(row));
    }
    if (!inOrder) {
      kept.clear();
    }
    UidSet uids = inOrder && number > 1 && kept.isEmpty() ? small(number, octets) : UidSet.EMPTY;
    return uids.size() > 1 ? new Several(open, uids, new PageLimit(MESSAGES, octets), this) : open;
  }

  /** The message and those that follow it, as far as they may be kept. */
  private UidSet small(int number, int most) {
    UidSet.Builder uids = UidSet.builder();
    long octets = 0;
    int found = 0;
    for (int n = number; n <= maildrop.count() && found < MESSAGES; n++) {
      octets += maildrop.size(n);
      if (octets > most) {
        break;
      }
      if (!maildrop.isDeleted(n)) {
        uids.add(maildrop.uid(n));
        found++;
      }
    }
    return uids.build();
  }

  private static OpenMessage.Opened opened(Row row) {
    Octets octets = row.start();
    if (octets == null) {
      throw new IllegalStateException("a message without its octets is not kept");
    }
    MessageIndex index = row.index();
    boolean needsUtf8 = index != null && OpenMessage.hasUnicodeHeader(index);
    return new OpenMessage.Opened(new InMemory(octets), 0, -1, needsUtf8);
  }

  /** Asks for several messages and gives the first of them. */
  private record Several(OpenMessage first, UidSet uids, PageLimit limit, ReadAhead ahead)
      implements StoreCall<OpenMessage.Opened> {
    @Override
    public OpenMessage.Opened invoke(CallContext context) throws StoreException {
      boolean plainOnly = first.plainOnly();
      Set<Item> items =
          plainOnly ? Set.of(Item.SIZE, Item.OCTETS, Item.INDEX) : Set.of(Item.SIZE, Item.OCTETS);
      List<Row> rows = first.mailbox().list(uids, limit, items).rows();
      for (Row row : rows) {
        Octets start = row.start();
        boolean whole = start != null && start.length() == row.size();
        if (whole && (!plainOnly || row.index() != null)) {
          ahead.kept.put(row.uid(), row);
        }
      }
      Row found = ahead.kept.remove(first.uid());
      return found == null ? first.invoke(context) : opened(found);
    }

    @Override
    public Lane lane() {
      return Lane.STORE;
    }
  }

  /** Gives a message that came with another one. */
  private record Known(OpenMessage.Opened message) implements StoreCall<OpenMessage.Opened> {
    @Override
    public OpenMessage.Opened invoke(CallContext context) {
      return message;
    }

    @Override
    public Lane lane() {
      return Lane.INLINE;
    }
  }

  private record InMemory(Octets octets) implements MessageContent {
    @Override
    public long size() {
      return octets.length();
    }

    @Override
    public int read(long position, ByteBuffer into) {
      if (position >= octets.length()) {
        return -1;
      }
      int from = (int) position;
      int length = Math.min(octets.length() - from, into.remaining());
      octets.slice(from, from + length).copyTo(into);
      return length;
    }

    @Override
    public boolean inMemory() {
      return true;
    }

    @Override
    public void close() {}
  }
}
