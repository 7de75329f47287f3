package org.posthorn.store.memory;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Flags;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/**
 * Messages by UID. UIDs are given in sequence, so a page of neighbours is found by its number, at
 * the same cost in a mailbox of ten and of a million; a page that became empty is given up.
 */
final class MessageTable {
  private static final int PAGE_BITS = 8;
  private static final int PAGE_SIZE = 1 << PAGE_BITS;

  /** Neighbours, and how many of them are there, unseen and marked as deleted. */
  private static final class Page {
    final @Nullable Message[] messages = new @Nullable Message[PAGE_SIZE];
    int count;
    int unseen;
    int deleted;

    boolean mayHave(SystemFlag flag, boolean set) {
      return switch (flag) {
        case SEEN -> set ? unseen < count : unseen > 0;
        case DELETED -> set ? deleted > 0 : deleted < count;
        default -> true;
      };
    }

    void tally(Message message, int by) {
      count += by;
      unseen += message.seen() ? 0 : by;
      deleted += message.deleted() ? by : 0;
    }
  }

  private @Nullable Page[] pages = new @Nullable Page[4];
  private int size;
  private long unseen;
  private long deleted;
  private long octets;
  private long deletedOctets;

  int size() {
    return size;
  }

  long unseen() {
    return unseen;
  }

  long deleted() {
    return deleted;
  }

  long octets() {
    return octets;
  }

  long deletedOctets() {
    return deletedOctets;
  }

  @Nullable Message get(long uid) {
    Page page = page(uid);
    return page == null ? null : page.messages[slot(uid)];
  }

  private @Nullable Page page(long uid) {
    long number = uid >>> PAGE_BITS;
    return number < pages.length ? pages[(int) number] : null;
  }

  private static int slot(long uid) {
    return (int) (uid & (PAGE_SIZE - 1));
  }

  void add(Message message) {
    int number = (int) (message.uid >>> PAGE_BITS);
    if (number >= pages.length) {
      pages = Arrays.copyOf(pages, Math.max(number + 1, pages.length + (pages.length >> 1)));
    }
    Page page = pages[number];
    if (page == null) {
      page = new Page();
      pages[number] = page;
    }
    page.messages[slot(message.uid)] = message;
    tally(page, message, 1);
  }

  void remove(Message message) {
    Page page = page(message.uid);
    if (page == null) {
      return;
    }
    page.messages[slot(message.uid)] = null;
    tally(page, message, -1);
    if (page.count == 0) {
      pages[(int) (message.uid >>> PAGE_BITS)] = null;
    }
  }

  /** Changes a message of this table, the counters following. */
  void change(Message message, Flags flags, long modSeq) {
    Page page = page(message.uid);
    if (page != null) {
      tally(page, message, -1);
      message.change(flags, modSeq);
      tally(page, message, 1);
    }
  }

  private void tally(Page page, Message message, int by) {
    page.tally(message, by);
    size += by;
    unseen += message.seen() ? 0 : by;
    deleted += message.deleted() ? by : 0;
    octets += by * message.body.size();
    deletedOctets += message.deleted() ? by * message.body.size() : 0;
  }

  /** The first message at a UID or after it. */
  @Nullable Message ceiling(long uid) {
    int slot = slot(uid);
    for (long number = uid >>> PAGE_BITS; number < pages.length; number++) {
      Page page = pages[(int) number];
      if (page != null) {
        for (; slot < PAGE_SIZE; slot++) {
          Message message = page.messages[slot];
          if (message != null) {
            return message;
          }
        }
      }
      slot = 0;
    }
    return null;
  }

  /** The messages that are there, ascending. */
  void forEach(UidSet uids, Consumer<Message> action) {
    for (int i = 0; i < uids.rangeCount(); i++) {
      long last = uids.rangeLast(i);
      Message message = ceiling(uids.rangeFirst(i));
      while (message != null && message.uid <= last) {
        action.accept(message);
        message = ceiling(message.uid + 1);
      }
    }
  }

  /** The messages that have a flag, or have it not; pages are passed over by what they count. */
  UidSet flagged(SystemFlag flag, boolean set, UidSet among) {
    UidSet.Builder found = UidSet.builder();
    for (int i = 0; i < among.rangeCount(); i++) {
      long last = Math.min(among.rangeLast(i), ((long) pages.length << PAGE_BITS) - 1);
      long uid = among.rangeFirst(i);
      while (uid <= last) {
        Page page = pages[(int) (uid >>> PAGE_BITS)];
        long end = Math.min(last, uid | (PAGE_SIZE - 1));
        if (page != null && page.mayHave(flag, set)) {
          for (; uid <= end; uid++) {
            Message message = page.messages[slot(uid)];
            if (message != null && message.flags().has(flag) == set) {
              found.add(uid);
            }
          }
        }
        uid = end + 1;
      }
    }
    return found.build();
  }

  /** The messages marked as deleted, ascending; pages without any cost next to nothing. */
  void forEachDeleted(UidSet among, Consumer<Message> action) {
    for (int number = 0; number < pages.length; number++) {
      Page page = pages[number];
      if (page != null && page.deleted > 0) {
        for (Message message : page.messages) {
          if (message != null && message.deleted() && among.contains(message.uid)) {
            action.accept(message);
          }
        }
      }
    }
  }

  /** The lowest UID without \Seen, 0 when there is none. */
  long firstUnseen() {
    for (Page page : pages) {
      if (page != null && page.unseen > 0) {
        for (Message message : page.messages) {
          if (message != null && !message.seen()) {
            return message.uid;
          }
        }
      }
    }
    return 0;
  }

  /** How many messages have this UID or a greater one. */
  long countFrom(long uid) {
    long count = 0;
    for (Message message = ceiling(uid); message != null; ) {
      count++;
      message = ceiling(message.uid + 1);
    }
    return count;
  }
}
