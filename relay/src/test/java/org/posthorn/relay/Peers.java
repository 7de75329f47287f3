package org.posthorn.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;

/** What tests of the queue say often. */
final class Peers {
  private Peers() {}

  /** A user who may relay. */
  static SmtpPeer authenticated() {
    InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_000);
    ConnectionInfo connection = new ConnectionInfo("1", "smtp", peer, peer, false, false);
    Identity alice = Identity.owner("alice");
    return new SmtpPeer(SmtpRole.SUBMISSION, connection, "client.example", alice, null, "ESMTPA");
  }

  static List<String> inbox(MailStore store, String account) throws Exception {
    try (Account open = store.open(Identity.owner(account));
        Mailbox inbox = open.open(MailboxName.INBOX, Access.READ)) {
      List<String> messages = new ArrayList<>();
      for (long uid : inbox.snapshot().uids().stream().toArray()) {
        try (MessageContent content = inbox.content(uid)) {
          ByteBuffer all = ByteBuffer.allocate((int) content.size());
          int last = 0;
          while (all.hasRemaining() && last >= 0) {
            last = content.read(all.position(), all);
          }
          messages.add(new String(all.array(), StandardCharsets.UTF_8));
        }
      }
      return messages;
    }
  }
}
