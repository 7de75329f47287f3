package org.posthorn.imap.objectid;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.fetch.FetchItem;
import org.posthorn.imap.fetch.FetchOutput;
import org.posthorn.imap.fetch.StoredMessage;
import org.posthorn.store.Item;
import org.posthorn.store.Row;

/** RFC 8474 section 5: EMAILID and THREADID. */
enum IdItem implements FetchItem {
  EMAILID {
    @Override
    @Nullable String id(Row row) {
      return row.emailId();
    }
  },
  THREADID {
    @Override
    @Nullable String id(Row row) {
      return row.threadId();
    }
  };

  abstract @Nullable String id(Row row);

  @Override
  public Set<Item> items() {
    return Set.of(Item.IDS);
  }

  @Override
  public void write(StoredMessage message, FetchOutput out) {
    out.encoder().words(name()).sp();
    String id = id(message.row());
    if (id == null) {
      out.encoder().nil();
    } else {
      out.encoder().open().words(id).close();
    }
  }
}
