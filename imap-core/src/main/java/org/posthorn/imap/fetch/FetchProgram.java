package org.posthorn.imap.fetch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Item;
import org.posthorn.store.Row;

/** What a FETCH asks for, each item once, in the client's order. Immutable. */
public final class FetchProgram {

  private static final int FEW = 8;
  private static final List<FetchItem> FLAGS = List.of(RowItem.FLAGS);

  private final List<FetchItem> list;
  private final List<FetchItem> state;
  private final boolean readsIndex;
  private final boolean readsContent;
  private final boolean marksSeen;

  // Two threads may make it twice, and it is the same.
  private @Nullable FetchProgram withUid;

  /** A program of these items. */
  public FetchProgram(Collection<FetchItem> list) {
    this(list, FLAGS);
  }

  private FetchProgram(Collection<FetchItem> list, List<FetchItem> state) {
    this(list.toArray(new FetchItem[0]), list.size(), state);
  }

  /** A program of the first of these items; the array is used up. */
  FetchProgram(FetchItem[] items, int count) {
    this(items, count, FLAGS);
  }

  private FetchProgram(FetchItem[] items, int count, List<FetchItem> state) {
    this.state = state;
    this.list = distinct(items, count);
    boolean indexes = false;
    boolean reads = false;
    boolean marks = false;
    for (FetchItem item : this.list) {
      indexes |= item.items().contains(Item.INDEX);
      reads |= item.readsContent();
      marks |= item.marksSeen();
    }
    this.readsIndex = indexes;
    this.readsContent = reads;
    this.marksSeen = marks;
  }

  /** Of few items it is faster to compare each with each than to hash what they consist of. */
  private static List<FetchItem> distinct(FetchItem[] items, int count) {
    if (count > FEW) {
      return List.copyOf(new LinkedHashSet<>(Arrays.asList(items).subList(0, count)));
    }
    int distinct = 0;
    for (int next = 0; next < count; next++) {
      FetchItem item = items[next];
      int i = 0;
      while (i < distinct && items[i] != item && !items[i].equals(item)) {
        i++;
      }
      if (i == distinct) {
        items[distinct++] = item;
      }
    }
    return List.of(distinct == items.length ? items : Arrays.copyOf(items, distinct));
  }

  /** As UID FETCH has it: the UID is given even if it was not asked for. */
  public FetchProgram withUid() {
    FetchProgram made = withUid;
    if (made == null) {
      made = list.contains(RowItem.UID) ? this : new FetchProgram(uidBefore(list), state);
      withUid = made;
    }
    return made;
  }

  private static List<FetchItem> uidBefore(List<FetchItem> list) {
    List<FetchItem> more = new ArrayList<>(list.size() + 1);
    more.add(RowItem.UID);
    more.addAll(list);
    return more;
  }

  /** As this, with an item at its end if it is not there. */
  public FetchProgram with(FetchItem item) {
    if (list.contains(item)) {
      return this;
    }
    List<FetchItem> more = new ArrayList<>(list);
    more.add(item);
    return new FetchProgram(more, state);
  }

  /** As this; of messages that become \Seen by it these items are given in any case. */
  public FetchProgram tellingOfSeen(List<FetchItem> newState) {
    return new FetchProgram(list, newState);
  }

  /** For messages that became \Seen: that is told even if it was not asked for. */
  FetchProgram withState() {
    FetchProgram program = this;
    for (FetchItem item : state) {
      program = program.with(item);
    }
    return program;
  }

  /** The items in the order in which they are answered. */
  public List<FetchItem> list() {
    return list;
  }

  /** What the rows of the messages must have. */
  public Set<Item> items() {
    Set<Item> items = EnumSet.noneOf(Item.class);
    for (FetchItem item : list) {
      items.addAll(item.items());
    }
    return items;
  }

  /** Whether octets of messages may be read. */
  public boolean readsContent() {
    return readsContent;
  }

  /** Whether octets of this message may be read, if only for its index. */
  boolean readsContent(Row row) {
    return readsContent || (row.index() == null && readsIndex);
  }

  /** Whether the messages become \Seen. */
  public boolean marksSeen() {
    return marksSeen;
  }
}
