package org.posthorn.store.cassandra;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountChanges;
import org.posthorn.store.AccountChanges.Kind;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.HintSink;
import org.posthorn.store.Identity;
import org.posthorn.store.ListQuery;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MailboxStatus;
import org.posthorn.store.Namespaces;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Replaced;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StatusItem;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;
import org.posthorn.store.UidSet;
import org.posthorn.store.WatchSpec;

/** The account of one identity. */
final class CassandraAccount implements Account {
  /** What these hold is up to a server that searches, not to a mailbox. */
  private static final Set<SpecialUse> VIRTUAL = Set.of(SpecialUse.ALL, SpecialUse.FLAGGED);

  private final AccountMail mail;
  private final Identity identity;
  private volatile boolean closed;

  CassandraAccount(AccountMail mail, Identity identity) {
    this.mail = mail;
    this.identity = identity;
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
    checkOpen();
    return mail.tree().list(query);
  }

  @Override
  public MailboxStatus status(MailboxName name, Set<StatusItem> items) throws StoreException {
    checkOpen();
    Tree tree = mail.tree();
    String id = tree.requireId(name);
    Map<StatusItem, Long> values = new EnumMap<>(StatusItem.class);
    if (!items.isEmpty()) {
      Box box = mail.parts.boxes().quiet(id);
      for (StatusItem item : items) {
        values.put(item, value(tree.require(name), box, item));
      }
    }
    return new MailboxStatus(tree.info(name), values);
  }

  private long value(Tree.Node node, Box box, StatusItem item) throws StoreException {
    return switch (item) {
      case MESSAGES -> box.tally.messages();
      case RECENT ->
          box.recentFrom >= box.uidNext
              ? 0
              : mail.view(box.id).cut().uids().clamp(box.recentFrom, UidSet.MAX_UID).size();
      case UIDNEXT -> box.uidNext;
      case UIDVALIDITY -> node.uidValidity();
      case UNSEEN -> box.tally.unseen();
      case DELETED -> box.tally.deleted();
      case SIZE -> box.tally.octets();
      case DELETED_STORAGE -> box.tally.deletedOctets();
      case HIGHESTMODSEQ -> box.modSeq;
    };
  }

  @Override
  public MailboxInfo create(MailboxName name, Set<SpecialUse> use) throws StoreException {
    checkOpen();
    if (mail.tree().isSelectable(name)) {
      throw new StoreException(Code.ALREADY_EXISTS, "there is a mailbox of that name");
    }
    if (!Collections.disjoint(use, VIRTUAL)) {
      throw new StoreException(Code.USE_ATTRIBUTE, "a mailbox cannot have that special use");
    }
    int count = mail.tree().missingSuperiors(name).size() + 1;
    Set<MailboxName> touched = new LinkedHashSet<>();
    Tree tree =
        mail.charged(
            QuotaUse.mailboxes(count),
            () ->
                change(
                    touched,
                    edit -> {
                      if (edit.before.isSelectable(name)) {
                        throw new StoreException(
                            Code.ALREADY_EXISTS, "there is a mailbox of that name");
                      }
                      touched.addAll(edit.before.missingSuperiors(name));
                      edit.createSuperiors(name);
                      edit.create(name, use);
                      touched.add(name);
                    }));
    tell(tree, touched);
    return tree.info(name);
  }

  private interface Names {
    void edit(TreeEdit edit) throws StoreException;
  }

  private Tree change(Set<MailboxName> touched, Names names) throws StoreException {
    TreeEdit done =
        mail.parts
            .accounts()
            .change(
                mail.account,
                edit -> {
                  touched.clear();
                  names.edit(edit);
                  return edit;
                });
    return done.isUnfinished() ? mail.tree() : done.after();
  }

  private void tell(Tree tree, Set<MailboxName> names) {
    for (MailboxName name : names) {
      mail.parts.hints().tell(mail.account, tree.hinted(name), name);
    }
  }

  @Override
  public void delete(MailboxName name) throws StoreException {
    checkOpen();
    if (name.isInbox()) {
      throw new StoreException(Code.CANNOT, "INBOX cannot be deleted");
    }
    Set<MailboxName> touched = new LinkedHashSet<>();
    List<MailboxId> gone = new ArrayList<>();
    Tree tree =
        change(
            touched,
            edit -> {
              gone.clear();
              if (!edit.before.names.containsKey(name)) {
                throw new StoreException(Code.NONEXISTENT, "no such mailbox");
              }
              boolean inferiors = edit.before.hasChildren(name);
              if (inferiors && !edit.before.isSelectable(name)) {
                throw new StoreException(Code.HAS_CHILDREN, "the name has inferiors");
              }
              gone.add(edit.before.hinted(name));
              if (inferiors) {
                edit.empty(name);
              } else {
                edit.remove(name);
              }
              edit.note(Kind.DELETED, name, name);
            });
    mail.recounted();
    mail.parts.accounts().bury(tree);
    for (MailboxId id : gone) {
      mail.parts.cuts().forget(id.value());
      mail.parts.attributes().forget(mail.account, id.value());
      mail.parts.hints().tell(mail.account, id, name);
    }
  }

  @Override
  public void rename(MailboxName from, MailboxName to) throws StoreException {
    checkOpen();
    Tree before = mail.tree();
    checkRename(before, from, to);
    int count = before.missingSuperiors(to).size() + (from.isInbox() ? 1 : 0);
    long uidNext = from.isInbox() ? mail.parts.boxes().quiet(before.requireId(from)).uidNext : 0;
    Set<MailboxName> touched = new LinkedHashSet<>();
    Tree tree =
        mail.charged(
            QuotaUse.mailboxes(count),
            () -> change(touched, edit -> rename(edit, from, to, uidNext, touched)));
    if (from.isInbox()) {
      touched.add(from);
    } else {
      tell(before, new LinkedHashSet<>(before.family(from)));
    }
    tell(tree, touched);
  }

  private static void checkRename(Tree tree, MailboxName from, MailboxName to)
      throws StoreException {
    if (!tree.names.containsKey(from)) {
      throw new StoreException(Code.NONEXISTENT, "no such mailbox");
    }
    if (tree.names.containsKey(to)) {
      throw new StoreException(Code.ALREADY_EXISTS, "there is a mailbox of that name");
    }
    if (!from.isInbox() && to.startsWith(from)) {
      throw new StoreException(Code.CANNOT, "a mailbox cannot become its own inferior");
    }
  }

  private static void rename(
      TreeEdit edit, MailboxName from, MailboxName to, long uidNext, Set<MailboxName> touched)
      throws StoreException {
    checkRename(edit.before, from, to);
    touched.addAll(edit.before.missingSuperiors(to));
    edit.createSuperiors(to);
    if (from.isInbox()) {
      // RFC 9051 section 6.3.6: the messages move, INBOX and its inferiors stay.
      edit.renameInbox(to, uidNext);
      touched.add(to);
      return;
    }
    for (MailboxName name : edit.before.family(from)) {
      touched.add(TreeEdit.renamed(name, from, to));
    }
    edit.renameAll(from, to);
  }

  @Override
  public void subscribe(MailboxName name) throws StoreException {
    subscription(name, edit -> edit.subscribe(name));
  }

  @Override
  public void unsubscribe(MailboxName name) throws StoreException {
    subscription(name, edit -> edit.unsubscribe(name));
  }

  private void subscription(MailboxName name, Names names) throws StoreException {
    checkOpen();
    Set<MailboxName> touched = new LinkedHashSet<>();
    Tree tree =
        change(
            touched,
            edit -> {
              names.edit(edit);
              if (!edit.isEmpty()) {
                touched.add(name);
              }
            });
    tell(tree, touched);
  }

  @Override
  public Mailbox open(MailboxName name, Access access) throws StoreException {
    checkOpen();
    Tree tree = mail.tree();
    return new CassandraMailbox(mail, tree.requireId(name), tree.info(name), access);
  }

  @Override
  public AppendGroup beginAppend(MailboxName destination, Optional<Replaced> replaces)
      throws StoreException {
    checkOpen();
    Tree tree = mail.tree();
    return new CassandraAppendGroup(
        mail, tree.requireId(destination), tree.info(destination), replaces);
  }

  @Override
  public AutoCloseable watch(WatchSpec what, HintSink sink) throws StoreException {
    checkOpen();
    Runnable end = mail.parts.hints().add(mail.account, what, sink);
    AtomicBoolean ended = new AtomicBoolean();
    return () -> {
      if (ended.compareAndSet(false, true)) {
        end.run();
      }
    };
  }

  @Override
  public AccountChanges changesSince(long accountSeq, int max) throws StoreException {
    checkOpen();
    return mail.parts.accounts().changesSince(mail.account, accountSeq, max);
  }

  private void checkOpen() throws StoreException {
    if (closed) {
      throw new StoreException(Code.FAULT, "the account was closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
