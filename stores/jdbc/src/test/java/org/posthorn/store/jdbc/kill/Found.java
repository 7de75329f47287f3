package org.posthorn.store.jdbc.kill;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MessageContent;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;

/** A message as it is in the store, its octets checked. */
record Found(long uid, String tag, String keyword) {
  static List<Found> in(Mailbox mailbox) throws StoreException {
    List<Found> all = new ArrayList<>();
    PageLimit everything = new PageLimit(1_000_000, 1 << 28);
    for (Row row : mailbox.list(mailbox.snapshot().uids(), everything, Set.of()).rows()) {
      byte[] octets = octets(mailbox, row.uid());
      String tag = StormMessage.tagOf(octets);
      if (!Arrays.equals(StormMessage.octets(tag), octets)) {
        throw new AssertionError("message " + row.uid() + ", " + tag + " is damaged");
      }
      all.add(new Found(row.uid(), tag, String.join(",", row.flags().keywords())));
    }
    return all;
  }

  private static byte[] octets(Mailbox mailbox, long uid) throws StoreException {
    try (MessageContent content = mailbox.content(uid)) {
      ByteBuffer all = ByteBuffer.allocate((int) content.size());
      int taken;
      do {
        taken = content.read(all.position(), all);
      } while (taken > 0);
      return all.array();
    }
  }
}
