package org.posthorn.store.jdbc;

import java.util.EnumSet;
import java.util.Set;
import org.posthorn.store.SpecialUse;

/** Special uses in a column: their attributes, separated by spaces. */
final class SpecialUses {
  private SpecialUses() {}

  static String toText(Set<SpecialUse> uses) {
    StringBuilder text = new StringBuilder();
    for (SpecialUse use : SpecialUse.values()) {
      if (uses.contains(use)) {
        text.append(text.isEmpty() ? "" : " ").append(use.attribute());
      }
    }
    return text.toString();
  }

  static Set<SpecialUse> fromText(String text) {
    Set<SpecialUse> uses = EnumSet.noneOf(SpecialUse.class);
    Set<String> attributes = Set.of(text.split(" ", -1));
    for (SpecialUse use : SpecialUse.values()) {
      if (attributes.contains(use.attribute())) {
        uses.add(use);
      }
    }
    return uses;
  }
}
