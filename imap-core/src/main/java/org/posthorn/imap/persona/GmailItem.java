package org.posthorn.imap.persona;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.fetch.FetchItem;
import org.posthorn.imap.fetch.FetchOutput;
import org.posthorn.imap.fetch.StoredMessage;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.Octets;
import org.posthorn.store.Flags;
import org.posthorn.store.Item;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.SystemFlag;

/** The items of X-GM-EXT-1. Ids are numbers of 63 bits, made from those of RFC 8474. */
enum GmailItem implements FetchItem {
  MESSAGE_ID("X-GM-MSGID", Set.of(Item.IDS)) {
    @Override
    void value(Row row, ResponseEncoder out) throws StoreException {
      out.number(number("M", emailId(row)));
    }
  },
  THREAD_ID("X-GM-THRID", Set.of(Item.IDS)) {
    @Override
    void value(Row row, ResponseEncoder out) throws StoreException {
      String thread = row.threadId();
      // A message without a thread is one of its own, and has the same number then.
      out.number(thread == null ? number("M", emailId(row)) : number("T", thread));
    }
  },
  /** Keywords, and the two flags that are labels there. */
  LABELS("X-GM-LABELS", Set.of()) {
    @Override
    void value(Row row, ResponseEncoder out) {
      Flags flags = row.flags();
      out.open();
      boolean first = label(out, "\\Draft", flags.has(SystemFlag.DRAFT), true);
      first = label(out, "\\Starred", flags.has(SystemFlag.FLAGGED), first);
      for (String keyword : flags.keywords()) {
        first = label(out, keyword, true, first);
      }
      out.close();
    }
  };

  private final String word;
  private final Set<Item> items;

  GmailItem(String word, Set<Item> items) {
    this.word = word;
    this.items = items;
  }

  @Override
  public Set<Item> items() {
    return items;
  }

  @Override
  public void write(StoredMessage message, FetchOutput out) throws StoreException {
    value(message.row(), out.encoder().words(word).sp());
  }

  abstract void value(Row row, ResponseEncoder out) throws StoreException;

  /** Writes a label where there is one; returns whether the next is the first. */
  private static boolean label(ResponseEncoder out, String label, boolean has, boolean first) {
    if (!has) {
      return first;
    }
    if (!first) {
      out.sp();
    }
    if (label.startsWith("\\")) {
      out.words(label);
    } else {
      out.astring(Octets.ascii(label));
    }
    return false;
  }

  private static String emailId(Row row) throws StoreException {
    @Nullable String id = row.emailId();
    if (id == null) {
      throw new StoreException(StoreException.Code.FAULT, "the store gave no EMAILID");
    }
    return id;
  }

  private static long number(String kind, String id) throws StoreException {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest((kind + id).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE;
    } catch (NoSuchAlgorithmException e) {
      throw StoreException.of(e);
    }
  }
}
