package org.posthorn.store.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Messages that were published together and whose rows are still on their way from the partition in
 * which they were staged. Whoever needs them brings them home first.
 *
 * @param first their first UID
 * @param home how many rows are home already
 */
record Bucket(UUID id, long first, int count, long modSeq, int home) {
  Bucket withHome(int rows) {
    return new Bucket(id, first, count, modSeq, rows);
  }

  static String toText(List<Bucket> buckets) {
    StringBuilder text = new StringBuilder();
    for (Bucket b : buckets) {
      text.append(b.id).append(' ').append(b.first).append(' ').append(b.count).append(' ');
      text.append(b.modSeq).append(' ').append(b.home).append('\n');
    }
    return text.toString();
  }

  static List<Bucket> fromText(String text) {
    List<Bucket> buckets = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (!line.isEmpty()) {
        String[] word = line.split(" ", -1);
        buckets.add(
            new Bucket(
                UUID.fromString(word[0]),
                Long.parseLong(word[1]),
                Integer.parseInt(word[2]),
                Long.parseLong(word[3]),
                Integer.parseInt(word[4])));
      }
    }
    return List.copyOf(buckets);
  }
}
