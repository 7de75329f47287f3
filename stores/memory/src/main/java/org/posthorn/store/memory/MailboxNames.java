package org.posthorn.store.memory;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.posthorn.store.AccountChanges.Kind;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** CREATE, DELETE and RENAME (RFC 9051 sections 6.3.4 to 6.3.6), each under the account's lock. */
final class MailboxNames {
  /** What these hold is up to a server that can search, not to a mailbox. */
  private static final Set<SpecialUse> VIRTUAL = Set.of(SpecialUse.ALL, SpecialUse.FLAGGED);

  private final AccountMail account;
  private final MailboxTree tree;

  MailboxNames(AccountMail account) {
    this.account = account;
    this.tree = account.tree;
  }

  MailboxInfo create(MailboxName name, Set<SpecialUse> use, Watches.Touched touched)
      throws StoreException {
    if (tree.isSelectable(name)) {
      throw new StoreException(Code.ALREADY_EXISTS, "Mailbox exists already");
    }
    if (use.stream().anyMatch(VIRTUAL::contains)) {
      throw new StoreException(Code.USE_ATTRIBUTE, "Mailbox cannot have that special use");
    }
    checkNumber(name, tree.exists(name) ? 0 : 1);
    return account.resized(
        QuotaUse.mailboxes(tree.missingSuperiors(name).size() + 1L),
        () -> {
          createSuperiors(name, touched);
          return tree.info(createOne(name, use, touched));
        });
  }

  /** For a mailbox that comes back, which no quota refuses. */
  void createSuperiorsUnasked(MailboxName name, Watches.Touched touched) throws StoreException {
    checkNumber(name, 0);
    int missing = tree.missingSuperiors(name).size();
    createSuperiors(name, touched);
    account.counted(QuotaUse.mailboxes(missing));
  }

  private MailboxState createOne(MailboxName name, Set<SpecialUse> use, Watches.Touched touched) {
    MailboxState mailbox = new MailboxState(name, use, account.environment);
    tree.put(mailbox);
    account.history.add(Kind.CREATED, name);
    touched.add(mailbox);
    return mailbox;
  }

  /** Whether the missing superiors of a name may come, and so many names more. */
  private void checkNumber(MailboxName name, int more) throws StoreException {
    int missing = tree.missingSuperiors(name).size();
    if (tree.size() + missing + more > account.environment.limits().mailboxes()) {
      throw new StoreException(Code.LIMIT, "Account has too many mailboxes");
    }
  }

  /** Superiors that are missing become mailboxes. */
  private void createSuperiors(MailboxName name, Watches.Touched touched) {
    for (MailboxName superior : tree.missingSuperiors(name)) {
      createOne(superior, Set.of(), touched);
    }
  }

  void delete(MailboxName name, Watches.Touched touched) throws StoreException {
    if (name.isInbox()) {
      throw new StoreException(Code.CANNOT, "INBOX cannot be deleted");
    }
    if (!tree.exists(name)) {
      throw new StoreException(Code.NONEXISTENT, "No such mailbox");
    }
    if (tree.isSelectable(name)) {
      MailboxState mailbox = tree.mailbox(name);
      account.resized(
          QuotaUse.NONE.minus(mailbox.use()).minus(QuotaUse.mailboxes(1)),
          () -> {
            mailbox.delete();
            account.environment.attributes().forget(account.name, mailbox.id.value());
            return mailbox;
          });
      touched.add(mailbox);
    } else if (tree.hasChildren(name)) {
      throw new StoreException(Code.HAS_CHILDREN, "Mailbox has inferiors");
    } else {
      touched.add(tree.known(name), name);
    }
    tree.removeMailbox(name);
    account.history.add(Kind.DELETED, name);
  }

  void rename(MailboxName from, MailboxName to, Watches.Touched touched) throws StoreException {
    if (!tree.exists(from)) {
      throw new StoreException(Code.NONEXISTENT, "No such mailbox");
    }
    if (tree.exists(to)) {
      throw new StoreException(Code.ALREADY_EXISTS, "Mailbox exists already");
    }
    if (from.isInbox()) {
      renameInbox(to, touched);
      return;
    }
    if (to.startsWith(from)) {
      throw new StoreException(Code.CANNOT, "Mailbox cannot become its own inferior");
    }
    Map<MailboxName, MailboxName> renamed = new LinkedHashMap<>();
    try {
      for (MailboxName name : tree.family(from)) {
        renamed.put(name, name.replacePrefix(from, to));
      }
    } catch (InvalidMailboxName tooLong) {
      throw new StoreException(Code.CANNOT, "An inferior gets too long a name", tooLong);
    }
    checkNumber(to, 0);
    account.resized(
        QuotaUse.mailboxes(tree.missingSuperiors(to).size()),
        () -> {
          createSuperiors(to, touched);
          return to;
        });
    for (Map.Entry<MailboxName, MailboxName> one : renamed.entrySet()) {
      tree.move(one.getKey(), one.getValue());
      MailboxState known = tree.known(one.getValue());
      touched.add(known, one.getKey());
      touched.add(known, one.getValue());
      account.history.renamed(one.getKey(), one.getValue());
    }
  }

  /** RFC 9051 section 6.3.6: the messages move to a new mailbox, INBOX and its inferiors stay. */
  private void renameInbox(MailboxName to, Watches.Touched touched) throws StoreException {
    checkNumber(to, 1);
    MailboxState inbox = tree.mailbox(MailboxName.INBOX);
    MailboxState target =
        account.resized(
            QuotaUse.mailboxes(tree.missingSuperiors(to).size() + 1L),
            () -> {
              createSuperiors(to, touched);
              return createOne(to, Set.of(), touched);
            });
    if (!inbox.uids().isEmpty()) {
      new Transfer(inbox, target, inbox.uids()).move(Instant.now(account.environment.clock()));
      touched.add(inbox);
    }
  }
}
