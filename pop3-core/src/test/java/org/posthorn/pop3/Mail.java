package org.posthorn.pop3;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailStore;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;

/** Puts messages into an INBOX. */
final class Mail {
  private Mail() {}

  static void deliver(MailStore store, String account, byte[]... messages) throws StoreException {
    try (Account open = store.open(Identity.owner(account));
        AppendGroup group = open.beginAppend(MailboxName.INBOX, Optional.empty())) {
      for (byte[] message : messages) {
        IndexingAppend append =
            new IndexingAppend(group.next(AppendSpec.plain().withSize(message.length)));
        append.write(ByteBuffer.wrap(message));
        append.end();
      }
      group.commit();
    }
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
