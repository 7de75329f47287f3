package org.posthorn.store.memory;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountChanges;
import org.posthorn.store.AccountChanges.Kind;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.HintSink;
import org.posthorn.store.Identity;
import org.posthorn.store.ListQuery;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.Namespaces;
import org.posthorn.store.Replaced;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException;
import org.posthorn.store.WatchSpec;

/** A handle on an account. */
final class MemoryAccount implements Account {
  private final Identity identity;
  private final AccountMail state;
  private final MailboxNames names;

  MemoryAccount(Identity identity, AccountMail state) {
    this.identity = identity;
    this.state = state;
    this.names = new MailboxNames(state);
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public Namespaces namespaces() {
    return Namespaces.PERSONAL_ONLY;
  }

  @Override
  public List<MailboxInfo> list(ListQuery query) throws StoreException {
    return state.read(() -> state.tree.list(query));
  }

  @Override
  public MailboxStatus status(MailboxName name, Set<StatusItem> items) throws StoreException {
    return state.read(
        () -> {
          MailboxState mailbox = state.tree.mailbox(name);
          return new MailboxStatus(state.tree.info(mailbox), mailbox.status(items));
        });
  }

  @Override
  public MailboxInfo create(MailboxName name, Set<SpecialUse> use) throws StoreException {
    return state.change(touched -> names.create(name, use, touched));
  }

  @Override
  public void delete(MailboxName name) throws StoreException {
    state.change(
        touched -> {
          names.delete(name, touched);
          return true;
        });
  }

  @Override
  public void rename(MailboxName from, MailboxName to) throws StoreException {
    state.change(
        touched -> {
          names.rename(from, to, touched);
          return true;
        });
  }

  @Override
  public void subscribe(MailboxName name) throws StoreException {
    state.change(
        touched -> {
          int limit = state.environment.limits().subscriptions();
          if (state.tree.subscribe(name)) {
            if (state.tree.subscriptions() > limit) {
              state.tree.unsubscribe(name);
              throw new StoreException(
                  StoreException.Code.LIMIT, "Account has too many subscriptions");
            }
            tell(Kind.SUBSCRIBED, name, touched);
          }
          return true;
        });
  }

  @Override
  public void unsubscribe(MailboxName name) throws StoreException {
    state.change(
        touched -> {
          if (state.tree.unsubscribe(name)) {
            tell(Kind.UNSUBSCRIBED, name, touched);
          }
          return true;
        });
  }

  private void tell(Kind kind, MailboxName name, Watches.Touched touched) throws StoreException {
    state.history.add(kind, name);
    touched.add(state.tree.known(name), name);
  }

  @Override
  public Mailbox open(MailboxName name, Access access) throws StoreException {
    return state.read(() -> MemoryMailbox.open(state, state.tree.mailbox(name), access));
  }

  @Override
  public AppendGroup beginAppend(MailboxName destination, Optional<Replaced> replaces)
      throws StoreException {
    return state.read(
        () -> MemoryAppendGroup.begin(state, state.tree.mailbox(destination), replaces));
  }

  @Override
  public AutoCloseable watch(WatchSpec what, HintSink sink) {
    return state.watches().add(what, sink);
  }

  @Override
  public AccountChanges changesSince(long accountSeq, int max) throws StoreException {
    return state.read(() -> state.history.after(accountSeq, max));
  }

  @Override
  public void close() {}
}
