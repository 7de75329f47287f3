package org.posthorn.imap.notify;

import java.util.HashMap;
import java.util.Map;
import org.posthorn.store.MailboxName;

/**
 * What this session's own commands did to names since the last look: the client knows it (RFC 5465
 * section 5) unless somebody else undid it.
 */
final class OwnNames {
  private final Map<MailboxName, Boolean> exists = new HashMap<>();
  private final Map<MailboxName, Boolean> subscribed = new HashMap<>();

  /** A mailbox was made; missing superiors with it. */
  void create(MailboxName name) {
    for (MailboxName made = name; made != null; made = made.parent()) {
      exists.put(made, true);
    }
  }

  void delete(MailboxName name) {
    exists.put(name, false);
  }

  void subscribe(MailboxName name, boolean on) {
    subscribed.put(name, on);
  }

  boolean made(MailboxName name) {
    return exists.getOrDefault(name, false);
  }

  boolean removed(MailboxName name) {
    return !exists.getOrDefault(name, true);
  }

  boolean subscribed(MailboxName name, boolean otherwise) {
    return subscribed.getOrDefault(name, otherwise);
  }

  boolean isEmpty() {
    return exists.isEmpty() && subscribed.isEmpty();
  }

  void forget() {
    exists.clear();
    subscribed.clear();
  }
}
