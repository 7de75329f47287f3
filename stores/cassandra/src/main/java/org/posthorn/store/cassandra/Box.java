package org.posthorn.store.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Flags;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;

/** The head of a mailbox: the static columns of its partition, as they were or are to be. */
final class Box {
  static final String COLUMNS =
      "stamp, account, gone, uid_next, mod_seq, history_floor, history_trimmed, recent_from,"
          + " messages, octets, unseen, deleted, deleted_octets, keywords, intent, buckets,"
          + " closed_below, section_uids";

  /** Octets of all keywords that a mailbox ever sees, as every batch has them. */
  static final int KEYWORD_OCTETS = 32 << 10;

  final String id;
  final String account;
  final UUID token;
  boolean gone;
  long uidNext = 1;
  long modSeq = 1;
  long historyFloor;
  long historyTrimmed;
  long recentFrom = 1;
  Tally tally = Tally.NONE;
  List<String> keywords = List.of();
  @Nullable Intent intent;
  List<Bucket> buckets = List.of();

  /** Messages with smaller UIDs lie in sections, see {@link Sections}. */
  long closedBelow;

  /** UIDs of a section; 0 where there never was one. */
  long sectionUids;

  Box(String id, String account, UUID token) {
    this.id = id;
    this.account = account;
    this.token = token;
  }

  Box(String id, Row row) {
    this(id, text(row.getString("account")), required(row.getUuid("stamp")));
    gone = row.getBoolean("gone");
    uidNext = row.getLong("uid_next");
    modSeq = row.getLong("mod_seq");
    historyFloor = row.getLong("history_floor");
    historyTrimmed = row.getLong("history_trimmed");
    recentFrom = Math.max(1, row.getLong("recent_from"));
    tally =
        new Tally(
            row.getLong("messages"),
            row.getLong("octets"),
            row.getLong("unseen"),
            row.getLong("deleted"),
            row.getLong("deleted_octets"));
    keywords = Words.list(text(row.getString("keywords")));
    ByteBuffer stored = row.getByteBuffer("intent");
    intent = stored == null || !stored.hasRemaining() ? null : Intent.decode(stored);
    buckets = Bucket.fromText(text(row.getString("buckets")));
    closedBelow = row.getLong("closed_below");
    sectionUids = row.getLong("section_uids");
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static UUID required(@Nullable UUID token) {
    if (token == null) {
      throw new IllegalStateException("a mailbox without a token");
    }
    return token;
  }

  /** Makes it where there never was one. */
  BoundStatement creation(Cql cql, long now) throws StoreException {
    return cql.bind(
        "UPDATE mailbox SET stamp = ?, account = ?, gone = false, uid_next = ?, mod_seq = ?,"
            + " history_floor = ?, history_trimmed = ?, recent_from = ?, messages = 0, octets = 0,"
            + " unseen = 0, deleted = 0, deleted_octets = 0, keywords = '' WHERE id = ?"
            + " IF stamp = null",
        Ids.token(),
        account,
        uidNext,
        modSeq,
        historyFloor,
        now,
        recentFrom,
        id);
  }

  /** As it is to be after a mutation. */
  Box next(UUID newToken) {
    Box next = new Box(id, account, newToken);
    next.gone = gone;
    next.uidNext = uidNext;
    next.modSeq = modSeq;
    next.historyFloor = historyFloor;
    next.historyTrimmed = historyTrimmed;
    next.recentFrom = recentFrom;
    next.tally = tally;
    next.keywords = keywords;
    next.intent = intent;
    next.buckets = buckets;
    next.closedBelow = closedBelow;
    next.sectionUids = sectionUids;
    return next;
  }

  /** Whether these are few enough, and none in a section, to be changed by one batch. */
  boolean fitIntoOneBatch(UidSet uids) {
    return uids.size() <= Boxes.BATCH && (uids.isEmpty() || uids.first() >= closedBelow);
  }

  /** Messages that are there may show a change that others of them do not show yet. */
  boolean halfChanged() {
    return intent != null && !(intent instanceof Intent.Split);
  }

  /** Nothing is half done. */
  boolean quiet() {
    return intent == null && buckets.isEmpty();
  }

  /**
   * Flags with keywords as this mailbox writes them; new ones are remembered.
   *
   * @throws StoreException LIMIT
   */
  void remember(Flags flags, int limit) throws StoreException {
    for (String keyword : flags.keywords()) {
      boolean known = false;
      for (String k : keywords) {
        known |= k.equalsIgnoreCase(keyword);
      }
      if (!known) {
        if (keywords.size() >= limit || octets(keywords) + keyword.length() > KEYWORD_OCTETS) {
          throw tooManyKeywords();
        }
        List<String> more = new ArrayList<>(keywords);
        more.add(keyword);
        keywords = List.copyOf(more);
      }
    }
  }

  private static int octets(List<String> keywords) {
    int octets = 0;
    for (String keyword : keywords) {
      octets += keyword.length() + 1;
    }
    return octets;
  }

  static StoreException tooManyKeywords() {
    return new StoreException(Code.LIMIT, "the mailbox has too many keywords");
  }

  ByteBuffer intentOctets() throws StoreException {
    return intent == null ? ByteBuffer.allocate(0) : Intent.encode(intent);
  }
}
