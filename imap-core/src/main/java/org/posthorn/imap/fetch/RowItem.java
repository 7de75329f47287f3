package org.posthorn.imap.fetch;

import java.time.OffsetDateTime;
import java.util.Set;
import org.posthorn.store.Item;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/** The items that stand in a message's row. */
public enum RowItem implements FetchItem {
  /** The unique identifier. */
  UID(Set.of()) {
    @Override
    void value(Row row, FetchOutput out) {
      out.encoder().number(row.uid());
    }
  },
  /** The flags, \Recent with them. */
  FLAGS(Set.of()) {
    @Override
    void value(Row row, FetchOutput out) {
      out.encoder().flags(row.flags(), out.isRecent(row.uid()));
    }
  },
  /** When the message arrived. */
  INTERNALDATE(Set.of(Item.INTERNAL_DATE)) {
    @Override
    void value(Row row, FetchOutput out) throws StoreException {
      OffsetDateTime date = row.internalDate();
      if (date == null) {
        throw new StoreException(StoreException.Code.FAULT, "the store gave no internal date");
      }
      out.encoder().dateTime(date);
    }
  },
  /** Octets of the message. */
  RFC822_SIZE(Set.of(Item.SIZE)) {
    @Override
    void value(Row row, FetchOutput out) {
      out.encoder().number(row.size());
    }
  };

  private final Set<Item> items;
  private final String word = name().replace('_', '.');

  RowItem(Set<Item> items) {
    this.items = items;
  }

  /** As FETCH names it. */
  public String word() {
    return word;
  }

  @Override
  public Set<Item> items() {
    return items;
  }

  @Override
  public void write(StoredMessage message, FetchOutput out) throws StoreException {
    out.encoder().words(word).sp();
    value(message.row(), out);
  }

  abstract void value(Row row, FetchOutput out) throws StoreException;
}
