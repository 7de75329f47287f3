package org.posthorn.imap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How an integrator changes the standard set of extensions. Not thread-safe. */
final class ExtensionChoice {
  private final List<ImapExtension> added = new ArrayList<>();
  private final Set<String> without = new HashSet<>();
  private boolean smallLiteralsOnly;

  ExtensionChoice() {}

  private ExtensionChoice(ExtensionChoice other) {
    added.addAll(other.added);
    without.addAll(other.without);
    smallLiteralsOnly = other.smallLiteralsOnly;
  }

  void add(ImapExtension extension) {
    added.add(extension);
  }

  void leaveOut(String name) {
    without.add(name);
    added.removeIf(extension -> extension.name().equals(name));
  }

  void smallLiteralsOnly() {
    smallLiteralsOnly = true;
  }

  boolean hasOwn() {
    return !added.isEmpty();
  }

  ExtensionChoice copy() {
    return new ExtensionChoice(this);
  }

  /** What the greeting is to name. */
  List<ImapExtension> greeted() {
    return from(Extensions.greeted());
  }

  /** All, those of the integrator last. */
  List<ImapExtension> all() {
    List<ImapExtension> all = from(Extensions.standard());
    all.addAll(added);
    return all;
  }

  private List<ImapExtension> from(List<ImapExtension> standard) {
    List<ImapExtension> chosen = new ArrayList<>();
    for (ImapExtension extension : standard) {
      if (without.contains(extension.name())) {
        continue;
      }
      boolean replaced = smallLiteralsOnly && extension.name().equals(Extensions.LITERAL_PLUS);
      chosen.add(replaced ? new LiteralMinus() : extension);
    }
    return chosen;
  }
}
