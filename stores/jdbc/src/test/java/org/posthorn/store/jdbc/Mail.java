package org.posthorn.store.jdbc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.AccountDirectory;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.Item;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;
import org.posthorn.store.PageLimit;
import org.posthorn.store.Row;
import org.posthorn.store.StoreException;
import org.posthorn.store.UidSet;

/** Steps that tests take. */
final class Mail {
  static final String ALICE = "alice";
  static final MailboxName INBOX = MailboxName.INBOX;

  private Mail() {}

  static Account alice(MailStore store) throws StoreException {
    return account(store, ALICE);
  }

  static Account account(MailStore store, String name) throws StoreException {
    store.facet(AccountDirectory.class).orElseThrow().create(name);
    return store.open(Identity.owner(name));
  }

  static byte[] message(String subject, int bodyOctets) {
    StringBuilder text = new StringBuilder("Subject: " + subject + "\r\n\r\n");
    while (text.length() < bodyOctets) {
      text.append("line ").append(text.length()).append(" of the message\r\n");
    }
    return text.toString().getBytes(US_ASCII);
  }

  static Appended append(Account account, MailboxName to, Flags flags, byte[]... messages)
      throws StoreException {
    try (AppendGroup group = account.beginAppend(to, Optional.empty())) {
      for (byte[] message : messages) {
        IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain().withFlags(flags)));
        for (int at = 0; at < message.length; at += 10_000) {
          append.write(ByteBuffer.wrap(message, at, Math.min(10_000, message.length - at)));
        }
        append.end();
      }
      return group.commit();
    }
  }

  static Appended append(Account account, byte[]... messages) throws StoreException {
    return append(account, INBOX, Flags.NONE, messages);
  }

  /** So many small messages at once. */
  static Appended fill(Account account, MailboxName to, int count) throws StoreException {
    byte[][] messages = new byte[count][];
    for (int i = 0; i < count; i++) {
      messages[i] = message("number " + i, 100);
    }
    return append(account, to, Flags.NONE, messages);
  }

  static Mailbox inbox(Account account) throws StoreException {
    return account.open(INBOX, Access.WRITE);
  }

  static byte[] read(Mailbox mailbox, long uid) throws StoreException {
    try (MessageContent content = mailbox.content(uid)) {
      return read(content);
    }
  }

  static byte[] read(MessageContent content) throws StoreException {
    ByteBuffer all = ByteBuffer.allocate((int) content.size());
    ByteBuffer slice = ByteBuffer.allocate(16_000);
    while (content.read(all.position(), slice) >= 0) {
      all.put(slice.flip());
      slice.clear();
    }
    return all.array();
  }

  static List<Row> rows(Mailbox mailbox, UidSet uids, Item... items) throws StoreException {
    return mailbox.list(uids, new PageLimit(100_000, 1 << 26), Set.of(items)).rows();
  }

  static FlagsResult add(Mailbox mailbox, UidSet uids, Flags flags) throws StoreException {
    return mailbox.storeFlags(uids, FlagChange.add(flags), OptionalLong.empty());
  }
}
