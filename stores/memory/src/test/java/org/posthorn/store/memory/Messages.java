package org.posthorn.store.memory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Flags;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/** Puts messages into mailboxes. */
final class Messages {
  private Messages() {}

  static long append(Account account, MailboxName destination, String message)
      throws StoreException {
    return append(account, destination, message, Flags.NONE);
  }

  static long append(Account account, MailboxName destination, String message, Flags flags)
      throws StoreException {
    try (AppendGroup group = account.beginAppend(destination, Optional.empty())) {
      IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain().withFlags(flags)));
      append.write(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
      append.end();
      return group.commit().uids().first();
    }
  }
}
