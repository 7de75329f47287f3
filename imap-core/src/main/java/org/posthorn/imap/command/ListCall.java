package org.posthorn.imap.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.posthorn.imap.list.ListCriteria;
import org.posthorn.imap.list.ListEntry;
import org.posthorn.imap.list.Listing;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.StoreException;

/** Finds what LIST answers; the comparing is done here, since names and patterns may be many. */
record ListCall(Account account, ListCriteria criteria)
    implements StoreCall<Collection<ListEntry>> {
  @Override
  public Collection<ListEntry> invoke(CallContext context) throws StoreException {
    List<MailboxInfo> mailboxes = new ArrayList<>();
    for (ListQuery query : criteria.queries()) {
      mailboxes.addAll(account.list(query));
    }
    return Listing.list(mailboxes, criteria);
  }
}
