package org.posthorn.imap.metadata;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.posthorn.store.EntryName;

/**
 * Which entries are asked for (RFC 5464 section 4.2).
 *
 * @param depth levels below a name that are asked for as well, {@link Integer#MAX_VALUE} for all
 * @param maxSize octets of a value that is still given
 */
record Wanted(List<EntryName> names, int depth, long maxSize) {

  /**
   * What is answered.
   *
   * @param values an empty one stands for an entry that was asked for and does not exist
   * @param longest octets of the longest value that was left out, 0 when there was none
   */
  record Answer(Map<EntryName, Optional<byte[]>> values, long longest) {}

  static Wanted exactly(List<EntryName> names) {
    return new Wanted(names, 0, Long.MAX_VALUE);
  }

  Answer outOf(Map<EntryName, byte[]> all) {
    Map<EntryName, Optional<byte[]>> values = new TreeMap<>();
    long longest = 0;
    if (depth == 0) {
      names.forEach(name -> values.put(name, Optional.empty()));
    }
    for (Map.Entry<EntryName, byte[]> entry : all.entrySet()) {
      if (isWanted(entry.getKey().path())) {
        int size = entry.getValue().length;
        if (size > maxSize) {
          longest = Math.max(longest, size);
          values.remove(entry.getKey());
        } else {
          values.put(entry.getKey(), Optional.of(entry.getValue()));
        }
      }
    }
    return new Answer(values, longest);
  }

  private boolean isWanted(String path) {
    for (EntryName name : names) {
      String begin = name.path();
      if (path.equals(begin)) {
        return true;
      }
      if (path.startsWith(begin + "/")) {
        long below = path.substring(begin.length()).chars().filter(c -> c == '/').count();
        if (below <= depth) {
          return true;
        }
      }
    }
    return false;
  }
}
