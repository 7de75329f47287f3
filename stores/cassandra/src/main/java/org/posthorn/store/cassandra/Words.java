package org.posthorn.store.cassandra;

import java.util.Arrays;
import java.util.List;
import org.posthorn.store.Flags;

/** Keywords in a column: separated by spaces. */
final class Words {
  private Words() {}

  static Flags flags(int systemBits, String keywords) {
    return Flags.ofBits(systemBits, list(keywords));
  }

  static List<String> list(String keywords) {
    return keywords.isEmpty() ? List.of() : Arrays.asList(keywords.split(" ", -1));
  }

  static String text(Flags flags) {
    return String.join(" ", flags.keywords());
  }
}
