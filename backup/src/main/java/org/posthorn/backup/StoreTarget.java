package org.posthorn.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.Append;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Restoration;
import org.posthorn.store.Role;
import org.posthorn.store.Row;
import org.posthorn.store.SpecialUse;
import org.posthorn.store.StoreException;

/**
 * An account of a store, made where it is missing. Mail whose identities are known replaces
 * mailboxes of the same names and comes back exactly as it was, where the store has {@link
 * Restoration}; all other mail is added to what is there.
 */
public final class StoreTarget implements MailTarget {
  /** Messages and octets that become visible in one step. */
  private static final int STEP_MESSAGES = 100;

  private static final long STEP_OCTETS = 8L << 20;
  private static final int CHUNK = 64 << 10;

  private final Identity admin;
  private final Account account;
  private final @Nullable Restoration restoration;
  private final List<MailboxName> bareNames = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
  private final RestoredBodies bodies;
  private final Annotations annotations;

  private StoreTarget(MailStore store, Identity admin, @Nullable Restoration restoration)
      throws StoreException {
    this.admin = admin;
    this.restoration = restoration;
    this.account = store.open(admin);
    this.bodies = new RestoredBodies(account, buffer);
    this.annotations = new Annotations(store, admin, account);
  }

  /**
   * Adds to an account, which gives new UIDs.
   *
   * @throws StoreException NONEXISTENT when there is no such account and the store cannot make it
   */
  public static StoreTarget adding(MailStore store, String account) throws StoreException {
    return open(store, account, null);
  }

  /**
   * Puts mail back as it was where the store can, else as {@link #adding}; {@link #exact} tells.
   *
   * @throws StoreException NONEXISTENT when there is no such account and the store cannot make it
   */
  public static StoreTarget restoring(MailStore store, String account) throws StoreException {
    return open(store, account, store.facet(Restoration.class).orElse(null));
  }

  /**
   * Makes accounts that are missing, where the store can: rights can only be given to accounts that
   * are there.
   */
  public static void create(MailStore store, List<String> accounts) throws StoreException {
    Optional<AccountDirectory> directory = store.facet(AccountDirectory.class);
    if (directory.isPresent()) {
      for (String account : accounts) {
        directory.get().create(account);
      }
    }
  }

  private static StoreTarget open(
      MailStore store, String account, @Nullable Restoration restoration) throws StoreException {
    create(store, List.of(account));
    return new StoreTarget(store, new Identity(account, account, Role.ADMIN), restoration);
  }

  /** Whether UIDs and MODSEQs stay what they were. */
  public boolean exact() {
    return restoration != null;
  }

  @Override
  public Box begin(MailboxRecord mailbox) throws StoreException {
    MailboxInfo info = mailbox.info();
    if (!info.selectable()) {
      return new NameOnly(info);
    }
    if (restoration != null && mailbox.identified()) {
      new FormerName(account).giveBack(info);
      return new Restored(
          mailbox,
          restoration.begin(admin.account(), info, mailbox.uidNext(), mailbox.highestModSeq()));
    }
    create(info.name(), info.specialUse());
    return new Added(mailbox);
  }

  /** False when it was there. */
  private boolean create(MailboxName name, Set<SpecialUse> use) throws StoreException {
    try {
      account.create(name, use);
      return true;
    } catch (StoreException e) {
      if (e.code() == StoreException.Code.USE_ATTRIBUTE && !use.isEmpty()) {
        return create(name, Set.of());
      } else if (e.code() == StoreException.Code.ALREADY_EXISTS) {
        return false;
      }
      throw e;
    }
  }

  private void copy(MessageContent content, Append append) throws StoreException {
    IndexingAppend target = new IndexingAppend(append);
    long position = 0;
    while (true) {
      buffer.clear();
      int n = content.read(position, buffer);
      if (n < 0) {
        target.end();
        return;
      }
      position += n;
      target.write(buffer.flip());
    }
  }

  @Override
  public void account(AccountRecord record) throws StoreException {
    if (exact()) {
      annotations.replace(record);
    } else {
      annotations.add(record);
    }
  }

  @Override
  public List<String> remarks() {
    return annotations.remarks();
  }

  /** A mailbox that has inferiors leaves its name behind when it is deleted. */
  @Override
  public void finish() throws StoreException {
    for (MailboxName name : bareNames) {
      account.delete(name);
    }
    bareNames.clear();
  }

  @Override
  public void close() throws StoreException {
    try {
      bodies.close();
    } finally {
      account.close();
    }
  }

  /** A name that cannot be selected: a superior that lost its mailbox, or a subscription alone. */
  private final class NameOnly implements Box {
    private final MailboxInfo info;

    NameOnly(MailboxInfo info) {
      this.info = info;
    }

    @Override
    public void message(Row row, MessageContent content) {
      throw new IllegalStateException("no mailbox");
    }

    @Override
    public void end() throws StoreException {
      if (info.state() == MailboxInfo.State.NO_SELECT && create(info.name(), Set.of())) {
        bareNames.add(0, info.name());
      }
      if (info.subscribed()) {
        account.subscribe(info.name());
      }
    }

    @Override
    public void close() {}
  }

  private final class Restored implements Box {
    private final MailboxRecord mailbox;
    private final Restoration.RestoreGroup group;

    Restored(MailboxRecord mailbox, Restoration.RestoreGroup group) {
      this.mailbox = mailbox;
      this.group = group;
    }

    @Override
    public void message(Row row, MessageContent content) throws StoreException {
      MailboxName name = mailbox.info().name();
      if (!bodies.restore(name, group, row, content)) {
        copy(content, group.next(row));
      }
      bodies.note(name, row);
    }

    @Override
    public void end() throws StoreException {
      group.commit();
      annotations.replace(mailbox);
    }

    @Override
    public void close() throws StoreException {
      group.close();
    }
  }

  private final class Added implements Box {
    private final MailboxRecord mailbox;
    private @Nullable AppendGroup group;
    private int messages;
    private long octets;

    Added(MailboxRecord mailbox) {
      this.mailbox = mailbox;
    }

    @Override
    public void message(Row row, MessageContent content) throws StoreException {
      AppendGroup open = group;
      if (open == null) {
        open = account.beginAppend(mailbox.info().name(), Optional.empty());
        group = open;
      }
      AppendSpec spec = AppendSpec.plain().withSize(content.size()).withFlags(row.flags());
      if (row.internalDate() != null) {
        spec = spec.withInternalDate(row.internalDate());
      }
      copy(content, open.next(spec));
      octets += content.size();
      if (++messages >= STEP_MESSAGES || octets >= STEP_OCTETS) {
        publish();
      }
    }

    private void publish() throws StoreException {
      AppendGroup open = group;
      if (open != null) {
        open.commit();
        open.close();
        group = null;
        messages = 0;
        octets = 0;
      }
    }

    @Override
    public void end() throws IOException, StoreException {
      publish();
      annotations.add(mailbox);
    }

    @Override
    public void close() throws StoreException {
      AppendGroup open = group;
      if (open != null) {
        open.close();
      }
    }
  }
}
