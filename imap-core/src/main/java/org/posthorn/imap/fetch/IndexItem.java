package org.posthorn.imap.fetch;

import java.util.Set;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.Part;
import org.posthorn.store.Item;
import org.posthorn.store.StoreException;

/** The items that are answered from the MIME index. */
enum IndexItem implements FetchItem {
  ENVELOPE {
    @Override
    void value(Part message, ResponseEncoder out) {
      EnvelopeWriter.write(message, out);
    }
  },
  BODY {
    @Override
    void value(Part message, ResponseEncoder out) {
      new StructureWriter(out, false).write(message);
    }
  },
  BODYSTRUCTURE {
    @Override
    void value(Part message, ResponseEncoder out) {
      new StructureWriter(out, true).write(message);
    }
  };

  private static final Set<Item> INDEX = Set.of(Item.INDEX);

  @Override
  public Set<Item> items() {
    return INDEX;
  }

  @Override
  public long weight(StoredMessage message) {
    return 512;
  }

  @Override
  public void write(StoredMessage message, FetchOutput out) throws StoreException {
    Part root = message.index().root();
    out.encoder().words(name()).sp();
    value(root, out.encoder());
  }

  abstract void value(Part message, ResponseEncoder out);
}
