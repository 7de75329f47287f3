package org.posthorn.imap.multisearch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.Namespaces;
import org.posthorn.store.StoreException;

/** The mailboxes that sources name, each once, those that cannot be selected left out. */
record SourcesCall(Account account, List<Source> sources) implements StoreCall<List<MailboxName>> {

  @Override
  public List<MailboxName> invoke(CallContext context) throws StoreException {
    Set<MailboxName> names = new LinkedHashSet<>();
    for (Source source : sources) {
      switch (source.kind()) {
        case SELECTED -> {}
        case INBOXES -> names.add(MailboxName.INBOX);
        case PERSONAL -> personal(names);
        case SUBSCRIBED -> add(new ListQuery(List.of(), Integer.MAX_VALUE, true), names);
        case SUBTREE -> subtrees(source, Integer.MAX_VALUE, names);
        case SUBTREE_ONE -> subtrees(source, 1, names);
        case MAILBOXES -> names.addAll(source.names());
      }
    }
    return new ArrayList<>(names);
  }

  private void personal(Set<MailboxName> names) throws StoreException {
    Namespaces namespaces = account.namespaces();
    List<Namespaces.Namespace> foreign = new ArrayList<>(namespaces.otherUsers());
    foreign.addAll(namespaces.shared());
    for (MailboxInfo mailbox : account.list(ListQuery.ALL)) {
      String path = mailbox.name().path();
      boolean theirs = foreign.stream().anyMatch(namespace -> path.startsWith(namespace.prefix()));
      if (mailbox.selectable() && !theirs) {
        names.add(mailbox.name());
      }
    }
  }

  private void subtrees(Source source, int depth, Set<MailboxName> names) throws StoreException {
    for (MailboxName root : source.names()) {
      names.add(root);
      add(new ListQuery(root.segments(), depth, false), names);
    }
  }

  private void add(ListQuery query, Set<MailboxName> names) throws StoreException {
    for (MailboxInfo mailbox : account.list(query)) {
      // A store may answer more than was asked for.
      if (mailbox.selectable() && wanted(mailbox, query)) {
        names.add(mailbox.name());
      }
    }
  }

  private static boolean wanted(MailboxInfo mailbox, ListQuery query) {
    List<String> prefix = query.prefix();
    List<String> segments = mailbox.name().segments();
    int beyond = segments.size() - prefix.size();
    return (!query.subscribedOnly() || mailbox.subscribed())
        && beyond >= 0
        && beyond <= query.depth()
        && segments.subList(0, prefix.size()).equals(prefix);
  }
}
