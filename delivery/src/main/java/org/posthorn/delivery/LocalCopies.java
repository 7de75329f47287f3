package org.posthorn.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posthorn.delivery.DeliveryPlan.Copy;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.Flags;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.QuotaUse;
import org.posthorn.store.Quotas;
import org.posthorn.store.Role;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/**
 * Copies of one message on their way into mailboxes: all are staged before the first becomes
 * visible. What an account gets several times, octet for octet, is stored once: the first is
 * written, and then copied as COPY does it. What several accounts get is shared where the store
 * can.
 */
final class LocalCopies implements AutoCloseable {
  private final MailStore store;
  private final SharedOctets octets;
  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<Octets, Staged> messages = new HashMap<>();
  private final List<Staged> staged = new ArrayList<>();
  private final Set<Place> places = new HashSet<>();

  private record Place(String account, MailboxName mailbox) {}

  /** What two copies share that are the same message. */
  private record Octets(String account, Flags flags, ByteBuffer header) {}

  /**
   * A message that is written.
   *
   * @param more mailboxes of the same account that get it as well
   */
  private record Staged(
      String account, AppendGroup group, MailboxName mailbox, long size, List<MailboxName> more) {}

  LocalCopies(MailStore store, SharedOctets octets) {
    this.store = store;
    this.octets = octets;
  }

  /**
   * Stages one copy; a second address of the same mailbox gets no second one.
   *
   * @param missing what to do where there is no such mailbox
   */
  void stage(Copy copy, byte[] header, MissingFolder missing) throws StoreException {
    if (!places.add(new Place(copy.account(), copy.mailbox()))) {
      return;
    }
    Account account = account(copy.account());
    Destination destination = begin(account, copy.mailbox(), missing);
    Octets same = new Octets(copy.account(), copy.flags(), ByteBuffer.wrap(header));
    Staged first = messages.get(same);
    if (first != null) {
      share(first, destination);
      return;
    }
    long size = octets.size(header);
    Staged message =
        new Staged(
            copy.account(), destination.group(), destination.mailbox(), size, new ArrayList<>());
    staged.add(message);
    messages.put(same, message);
    AppendSpec spec = AppendSpec.plain().withSize(size).withFlags(copy.flags());
    octets.append(message.group(), spec, header);
  }

  /** What would keep it from being written keeps it from being copied, and is said now. */
  private void share(Staged first, Destination destination) throws StoreException {
    try (AppendGroup checked = destination.group()) {
      checked.next(AppendSpec.plain().withSize(first.size()));
    }
    if (destination.mailbox().equals(first.mailbox())
        || first.more().contains(destination.mailbox())) {
      return;
    }
    Optional<Quotas> quotas = store.facet(Quotas.class);
    if (quotas.isPresent()) {
      int copies = first.more().size() + 2;
      quotas.get().check(first.account(), QuotaUse.messages(copies, copies * first.size()));
    }
    first.more().add(destination.mailbox());
  }

  private Account account(String name) throws StoreException {
    Account open = accounts.get(name);
    if (open == null) {
      open = store.open(Identity.delivery(name));
      accounts.put(name, open);
    }
    return open;
  }

  /** Where a copy goes in the end. */
  private record Destination(AppendGroup group, MailboxName mailbox) {}

  private static Destination begin(Account account, MailboxName mailbox, MissingFolder missing)
      throws StoreException {
    try {
      return new Destination(account.beginAppend(mailbox, Optional.empty()), mailbox);
    } catch (StoreException e) {
      boolean absent = e.code() == Code.NONEXISTENT || e.code() == Code.CANNOT;
      if (mailbox.isInbox() || !absent) {
        throw e;
      }
      MailboxName instead = made(account, mailbox, missing);
      return new Destination(account.beginAppend(instead, Optional.empty()), instead);
    }
  }

  /** A folder that cannot be made is no reason to lose the mail. */
  private static MailboxName made(Account account, MailboxName mailbox, MissingFolder missing)
      throws StoreException {
    if (missing == MissingFolder.INBOX) {
      return MailboxName.INBOX;
    }
    try {
      account.create(mailbox, Set.of());
      return mailbox;
    } catch (StoreException e) {
      return e.code() == Code.ALREADY_EXISTS ? mailbox : MailboxName.INBOX;
    }
  }

  void commit() throws StoreException {
    for (Staged message : staged) {
      Appended appended = message.group().commit();
      if (!message.more().isEmpty()) {
        copy(message, appended);
      }
    }
  }

  /** Who delivers may put mail into folders, and not read it there. */
  private void copy(Staged message, Appended appended) throws StoreException {
    try (Account account = store.open(reading(message.account()));
        Mailbox mailbox = account.open(message.mailbox(), Access.READ)) {
      for (MailboxName destination : message.more()) {
        mailbox.copy(appended.uids(), destination);
      }
    }
  }

  private static Identity reading(String account) {
    return new Identity(account, account, Role.ADMIN);
  }

  @Override
  public void close() throws StoreException {
    List<AutoCloseable> handles = new ArrayList<>();
    staged.forEach(message -> handles.add(message.group()));
    handles.addAll(accounts.values());
    closeAll(handles);
  }

  /** All of them, whichever fails. */
  static void closeAll(List<AutoCloseable> handles) throws StoreException {
    StoreException first = null;
    for (AutoCloseable handle : handles) {
      try {
        handle.close();
      } catch (Exception e) {
        if (first == null) {
          first = StoreException.of(e);
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
