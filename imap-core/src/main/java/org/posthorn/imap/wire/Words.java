package org.posthorn.imap.wire;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.mime.Octets;

/**
 * The names that may stand in one place of the grammar, and what each stands for. A {@link
 * CommandReader} finds them by their octets, whatever their case, without a String in between.
 * Immutable.
 */
public final class Words<V> {

  /** Longer ones are found by their Strings. */
  static final int MAX_LENGTH = 2 * Long.BYTES - 1;

  /** An odd number without a pattern, so that all bits of a word reach those that count. */
  private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

  private record Word<V>(long head, long tail, V value) {}

  private final Map<String, V> values;
  private final @Nullable Word<V>[] table;

  /**
   * @param values by names in upper case: letters, digits, dots and hyphens
   */
  public Words(Map<String, V> values) {
    this.values = Map.copyOf(values);
    table = emptyTable(Integer.highestOneBit(values.size() + 1) * 4);
    for (Map.Entry<String, V> word : values.entrySet()) {
      if (word.getKey().length() <= MAX_LENGTH) {
        put(Octets.ascii(word.getKey()).toByteArray(), word.getValue());
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <V> @Nullable Word<V>[] emptyTable(int length) {
    return (Word<V>[]) new Word<?>[length];
  }

  private void put(byte[] name, V value) {
    long head = Eight.at(name, 0, name.length);
    long tail = Eight.at(name, Long.BYTES, name.length);
    int slot = slot(head, tail);
    while (table[slot] != null) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = new Word<>(head, tail, value);
  }

  private int slot(long head, long tail) {
    return (int) (((head ^ (tail * MIX)) * MIX) >>> Integer.SIZE) & (table.length - 1);
  }

  /**
   * The value of the name of up to {@link #MAX_LENGTH} octets in upper case; zeros fill them up.
   */
  @Nullable V find(long head, long tail) {
    int slot = slot(head, tail);
    for (Word<V> word = table[slot]; word != null; word = table[slot]) {
      if (word.head == head && word.tail == tail) {
        return word.value;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return null;
  }

  /** What that name in upper case stands for; null when it is none of these. */
  public @Nullable V get(String name) {
    return values.get(name);
  }

  /** All of them. */
  public Set<String> names() {
    return values.keySet();
  }
}
