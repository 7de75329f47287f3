package org.posthorn.imap.sort;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.imap.collation.Collation;
import org.posthorn.imap.fetch.StoredMessage;
import org.posthorn.mime.Envelope;
import org.posthorn.mime.HeaderText;
import org.posthorn.mime.MailAddress;
import org.posthorn.mime.Octets;
import org.posthorn.store.Item;
import org.posthorn.store.StoreException;

/** What messages may be sorted by (RFC 5256: sort-key, RFC 5957). */
public enum SortKey {
  ARRIVAL(Item.INTERNAL_DATE) {
    @Override
    void write(StoredMessage message, Collation collation, KeyWriter out) throws StoreException {
      OffsetDateTime date = message.row().internalDate();
      out.number(date == null ? Long.MIN_VALUE : date.toEpochSecond());
    }
  },
  CC(Item.INDEX) {
    @Override
    void write(StoredMessage message, Collation collation, KeyWriter out) throws StoreException {
      out.text(collation, mailbox(envelope(message).cc()));
    }
  },
  DATE(Item.INDEX, Item.INTERNAL_DATE) {
    @Override
    void write(StoredMessage message, Collation collation, KeyWriter out) throws StoreException {
      out.number(SentDate.of(message.row(), envelope(message)));
    }
  },
  FROM(Item.INDEX) {
    @Override
    void write(StoredMessage message, Collation collation, KeyWriter out) throws StoreException {
      out.text(collation, mailbox(envelope(message).from()));
    }
  },
  SIZE(Item.SIZE) {
    @Override
    void write(StoredMessage message, Collation collation, KeyWriter out) throws StoreException {
      out.number(message.row().size());
    }
  },
  SUBJECT(Item.INDEX) {
    @Override
    void write(StoredMessage message, Collation collation, KeyWriter out) throws StoreException {
      out.text(collation, BaseSubject.of(envelope(message).subject()).text());
    }
  },
  TO(Item.INDEX) {
    @Override
    void write(StoredMessage message, Collation collation, KeyWriter out) throws StoreException {
      out.text(collation, mailbox(envelope(message).to()));
    }
  },
  /** RFC 6203 section 6: the most relevant first. */
  RELEVANCY {
    @Override
    void write(StoredMessage message, Collation collation, KeyWriter out) {
      out.number(100 - out.score(message.row().uid()));
    }
  },
  DISPLAYFROM(Item.INDEX) {
    @Override
    void write(StoredMessage message, Collation collation, KeyWriter out) throws StoreException {
      out.text(collation, display(envelope(message).from()));
    }
  },
  DISPLAYTO(Item.INDEX) {
    @Override
    void write(StoredMessage message, Collation collation, KeyWriter out) throws StoreException {
      out.text(collation, display(envelope(message).to()));
    }
  };

  /** The keys of RFC 5256 by their names. */
  public static final Map<String, SortKey> STANDARD =
      Map.of(
          "ARRIVAL", ARRIVAL, "CC", CC, "DATE", DATE, "FROM", FROM, "SIZE", SIZE, "SUBJECT",
          SUBJECT, "TO", TO);

  /** The key of RFC 6203 by its name. */
  public static final Map<String, SortKey> FUZZY = Map.of("RELEVANCY", RELEVANCY);

  /** The keys of RFC 5957 by their names. */
  public static final Map<String, SortKey> DISPLAY =
      Map.of("DISPLAYFROM", DISPLAYFROM, "DISPLAYTO", DISPLAYTO);

  private final Set<Item> items;

  SortKey(Item... items) {
    this.items = Set.of(items);
  }

  /** What the row of a message must have. */
  Set<Item> items() {
    return items;
  }

  /**
   * Writes what the message is sorted by.
   *
   * @param message whose row has the {@link #items}
   */
  abstract void write(StoredMessage message, Collation collation, KeyWriter out)
      throws StoreException;

  private static Envelope envelope(StoredMessage message) throws StoreException {
    Envelope envelope = message.index().root().envelope();
    if (envelope == null) {
      throw new IllegalArgumentException("not a whole message");
    }
    return envelope;
  }

  /** RFC 5256: addr-mailbox of the first address. */
  private static String mailbox(List<MailAddress> addresses) {
    return addresses.isEmpty() ? "" : text(addresses.get(0).mailbox());
  }

  /** RFC 5957 section 3. */
  private static String display(List<MailAddress> addresses) {
    if (addresses.isEmpty()) {
      return "";
    }
    MailAddress first = addresses.get(0);
    String name = text(first.name());
    if (!name.isEmpty()) {
      return name;
    }
    boolean whole = first.mailbox() != null && first.host() != null;
    return whole ? text(first.mailbox()) + "@" + text(first.host()) : text(first.mailbox());
  }

  private static String text(@Nullable Octets octets) {
    return octets == null ? "" : HeaderText.decode(octets);
  }
}
