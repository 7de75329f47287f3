package org.posthorn.imap.notify;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.StoreCall;
import org.posthorn.store.Account;
import org.posthorn.store.AccountChanges;
import org.posthorn.store.HintSink;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.Namespaces;
import org.posthorn.store.StoreException;
import org.posthorn.store.WatchSpec;

/**
 * Which mailboxes there are. Hints are asked for first, so that nothing falls between.
 *
 * @param subscriptions whether subscribed names without a mailbox are wanted
 * @param since changes of names after this number tell what was renamed; negative: none do
 */
record StructureCall(Account account, HintSink hints, boolean subscriptions, long since)
    implements StoreCall<StructureCall.Structure> {
  private static final int MOST_CHANGES = 1_000;

  /** What was found. Whoever does not use it closes it. */
  record Structure(
      AutoCloseable watch,
      List<MailboxInfo> mailboxes,
      Namespaces namespaces,
      List<AccountChanges.Change> changes,
      long seq)
      implements AutoCloseable {
    @Override
    public void close() throws StoreException {
      end(watch);
    }
  }

  @Override
  public Structure invoke(CallContext context) throws StoreException {
    AutoCloseable watch = account.watch(new WatchSpec.Subtree(List.of()), hints);
    boolean done = false;
    try {
      long latest = account.changesSince(Long.MAX_VALUE, 1).nextSeq();
      List<AccountChanges.Change> changes =
          since < 0 || since >= latest
              ? List.of()
              : account.changesSince(since, MOST_CHANGES).changes();
      Structure structure =
          new Structure(watch, mailboxes(), account.namespaces(), changes, latest);
      done = true;
      return structure;
    } finally {
      if (!done) {
        end(watch);
      }
    }
  }

  private List<MailboxInfo> mailboxes() throws StoreException {
    List<MailboxInfo> all = new ArrayList<>(account.list(ListQuery.ALL));
    if (subscriptions) {
      for (MailboxInfo info : account.list(new ListQuery(List.of(), Integer.MAX_VALUE, true))) {
        if (info.state() == MailboxInfo.State.NON_EXISTENT) {
          all.add(info);
        }
      }
    }
    return all;
  }

  private static void end(AutoCloseable watch) throws StoreException {
    try {
      watch.close();
    } catch (StoreException e) {
      throw e;
    } catch (Exception e) {
      throw StoreException.of(e);
    }
  }
}
