package org.posthorn.testkit.junit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.Page;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** What a test does with the store behind the server's back. */
final class TestAccounts {
  private final MailStore store;
  private final Set<String> users;

  TestAccounts(MailStore store, Set<String> users) {
    this.store = store;
    this.users = users;
  }

  /** All users have an empty INBOX and nothing else. */
  void reset() {
    try {
      AccountDirectory directory = store.facet(AccountDirectory.class).orElseThrow();
      for (String user : users) {
        directory.delete(user);
        directory.create(user);
      }
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }

  void deliver(String user, byte[] message) {
    try (Account account = store.open(Identity.owner(known(user)));
        AppendGroup group = account.beginAppend(MailboxName.INBOX, Optional.empty())) {
      IndexingAppend append =
          new IndexingAppend(group.next(AppendSpec.plain().withSize(message.length)));
      append.write(ByteBuffer.wrap(message));
      append.end();
      group.commit();
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }

  List<StoredMessage> messages(String user, MailboxName name) {
    List<StoredMessage> messages = new ArrayList<>();
    try (Account account = store.open(Identity.owner(known(user)));
        Mailbox mailbox = account.open(name, Access.READ)) {
      UidSet all = mailbox.snapshot().uids();
      long next = 1;
      while (next != 0) {
        Page page = mailbox.list(all.clamp(next, UidSet.MAX_UID), PageLimit.DEFAULT, Set.of());
        for (Row row : page.rows()) {
          messages.add(new StoredMessage(row.uid(), row.flags(), octets(mailbox, row.uid())));
        }
        next = page.next();
      }
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
    return messages;
  }

  private static byte[] octets(Mailbox mailbox, long uid) throws StoreException {
    try (MessageContent content = mailbox.content(uid)) {
      ByteBuffer octets = ByteBuffer.allocate(Math.toIntExact(content.size()));
      while (octets.hasRemaining()) {
        if (content.read(octets.position(), octets) < 0) {
          throw new IllegalStateException("message " + uid + " is shorter than it says");
        }
      }
      return octets.array();
    }
  }

  private String known(String user) {
    if (!users.contains(user)) {
      throw new IllegalArgumentException("no user " + user + ", there are " + users);
    }
    return user;
  }
}
