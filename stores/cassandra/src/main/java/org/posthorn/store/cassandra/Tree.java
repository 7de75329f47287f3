package org.posthorn.store.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxInfo.State;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * The names of an account as they were at one token. A name without a mailbox is \Noselect;
 * inferiors sort right after their superior. Does not change once it was read.
 */
final class Tree {
  /** What is behind a name; without an identity there is no mailbox. */
  record Node(@Nullable MailboxId id, long uidValidity, Set<SpecialUse> uses) {
    static final Node NO_MAILBOX = new Node(null, 0, Set.of());
  }

  final String account;
  final UUID token;
  final boolean there;
  final long uidValidity;
  final long lastChange;
  final long floor;
  final TreeMap<MailboxName, Node> names;
  final Set<MailboxName> subscribed;

  /** Deleted mailboxes whose mail is still there. */
  final List<String> doomed;

  /** What has to be done first; null where these are the names as they are to be seen. */
  final @Nullable Undone undone;

  Tree(
      String account,
      UUID token,
      boolean there,
      long uidValidity,
      long lastChange,
      long floor,
      Map<MailboxName, Node> names,
      Set<MailboxName> subscribed,
      List<String> doomed,
      @Nullable Undone undone) {
    this.account = account;
    this.token = token;
    this.there = there;
    this.uidValidity = uidValidity;
    this.lastChange = lastChange;
    this.floor = floor;
    this.names = new TreeMap<>(names);
    this.subscribed = new TreeSet<>(subscribed);
    this.doomed = List.copyOf(doomed);
    this.undone = undone;
  }

  /** The mailbox of that name; NONEXISTENT, or CANNOT when the name has none. */
  Node require(MailboxName name) throws StoreException {
    Node node = names.get(name);
    if (node == null) {
      throw new StoreException(Code.NONEXISTENT, "no such mailbox");
    }
    if (node.id == null) {
      throw new StoreException(Code.CANNOT, "the mailbox cannot be selected");
    }
    return node;
  }

  String requireId(MailboxName name) throws StoreException {
    MailboxId id = require(name).id;
    return id == null ? "" : id.value();
  }

  boolean isSelectable(MailboxName name) {
    Node node = names.get(name);
    return node != null && node.id != null;
  }

  boolean hasChildren(MailboxName name) {
    MailboxName next = names.higherKey(name);
    return next != null && next.startsWith(name);
  }

  /** A name and its inferiors. */
  List<MailboxName> family(MailboxName top) {
    List<MailboxName> family = new ArrayList<>();
    for (MailboxName name : names.tailMap(top, true).keySet()) {
      if (!name.startsWith(top)) {
        break;
      }
      family.add(name);
    }
    return family;
  }

  /** The superiors that are not there, the topmost first. */
  List<MailboxName> missingSuperiors(MailboxName name) {
    List<MailboxName> missing = new ArrayList<>();
    MailboxName superior = name.parent();
    while (superior != null && !names.containsKey(superior)) {
      missing.add(0, superior);
      superior = superior.parent();
    }
    return missing;
  }

  /** The name of a mailbox, null where it has none any more. */
  @Nullable MailboxName nameOf(String id) {
    for (Map.Entry<MailboxName, Node> entry : names.entrySet()) {
      MailboxId own = entry.getValue().id;
      if (own != null && own.value().equals(id)) {
        return entry.getKey();
      }
    }
    return null;
  }

  /** Identities of all mailboxes. */
  List<String> mailboxes() {
    List<String> ids = new ArrayList<>();
    for (Node node : names.values()) {
      if (node.id != null) {
        ids.add(node.id.value());
      }
    }
    return ids;
  }

  /** At which mailbox is hinted when a name changes. */
  MailboxId hinted(MailboxName name) {
    Node node = names.get(name);
    Node inbox = names.get(MailboxName.INBOX);
    MailboxId id = node == null || node.id == null ? inbox == null ? null : inbox.id : node.id;
    if (id == null) {
      throw new IllegalStateException("an account without INBOX");
    }
    return id;
  }

  MailboxInfo info(MailboxName name) {
    Node node = names.get(name);
    boolean isSubscribed = subscribed.contains(name);
    if (node == null || node.id == null) {
      State state = node == null ? State.NON_EXISTENT : State.NO_SELECT;
      return new MailboxInfo(name, null, 0, state, isSubscribed, hasChildren(name), Set.of());
    }
    return new MailboxInfo(
        name,
        node.id,
        node.uidValidity,
        State.SELECTABLE,
        isSubscribed,
        hasChildren(name),
        node.uses);
  }

  List<MailboxInfo> list(ListQuery query) {
    List<MailboxInfo> found = new ArrayList<>();
    for (MailboxName name : query.subscribedOnly() ? subscribed : names.keySet()) {
      int prefix = query.prefix().size();
      if (name.depth() >= prefix
          && name.depth() - prefix <= query.depth()
          && name.segments().subList(0, prefix).equals(query.prefix())) {
        found.add(info(name));
      }
    }
    return found;
  }
}
