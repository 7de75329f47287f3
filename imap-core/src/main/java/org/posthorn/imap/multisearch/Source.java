package org.posthorn.imap.multisearch;

import java.util.List;
import org.posthorn.store.MailboxName;

/**
 * Some of the mailboxes that are to be searched (RFC 5465 section 6, RFC 7377 section 2.2).
 *
 * @param names those given; empty for kinds that take none
 */
record Source(Kind kind, List<MailboxName> names) {

  enum Kind {
    SELECTED("SELECTED", false),
    INBOXES("INBOXES", false),
    PERSONAL("PERSONAL", false),
    SUBSCRIBED("SUBSCRIBED", false),
    SUBTREE("SUBTREE", true),
    SUBTREE_ONE("SUBTREE-ONE", true),
    MAILBOXES("MAILBOXES", true);

    private final String word;
    private final boolean named;

    Kind(String word, boolean named) {
      this.word = word;
      this.named = named;
    }

    String word() {
      return word;
    }

    /** Whether names follow. */
    boolean isNamed() {
      return named;
    }
  }

  /** What is searched where nothing else is said. */
  static final List<Source> DEFAULT = List.of(new Source(Kind.SELECTED, List.of()));

  boolean isSelected() {
    return kind == Kind.SELECTED;
  }
}
