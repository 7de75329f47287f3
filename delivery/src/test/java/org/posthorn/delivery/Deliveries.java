package org.posthorn.delivery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.SmtpRole;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.Access;
import org.posthorn.store.Account;
import org.posthorn.store.Identity;
import org.posthorn.store.MailStore;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.MessageContent;

/** What tests of deliveries say often. */
public final class Deliveries {
  static final String SENDER = "carol@elsewhere.example";

  private Deliveries() {}

  static SmtpPeer peer(SmtpRole role) {
    try {
      InetAddress address = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7});
      InetSocketAddress peer = new InetSocketAddress(address, 4_000);
      ConnectionInfo connection = new ConnectionInfo("1", "smtp", peer, peer, false, false);
      return new SmtpPeer(role, connection, "client.example", null, null, "ESMTP");
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  static Address address(String text) {
    try {
      return Address.parse(text);
    } catch (org.posthorn.smtp.SmtpSyntaxException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static ReversePath from(String sender) {
    return sender.isEmpty() ? ReversePath.NULL : ReversePath.of(address(sender));
  }

  static String shown(Verdict verdict) {
    return verdict.code() + " " + verdict.enhanced();
  }

  /** Sends a message; the refusals of recipients, or what was said at its end. */
  static List<String> send(MailHandler to, String sender, String content, String... recipients)
      throws Exception {
    return send(to, SmtpRole.MX, sender, content, recipients);
  }

  static List<String> send(
      MailHandler to, SmtpRole role, String sender, String content, String... recipients)
      throws Exception {
    return send(to, role, sender, Map.of(), content, recipients);
  }

  static List<String> send(
      MailHandler to,
      SmtpRole role,
      String sender,
      Map<String, String> parameters,
      String content,
      String... recipients)
      throws Exception {
    try (Transaction transaction = to.begin(peer(role))) {
      transaction.from(from(sender), MailParameters.NONE);
      List<Recipient> all = new ArrayList<>();
      for (String recipient : recipients) {
        all.add(new Recipient(address(recipient), parameters));
      }
      List<String> refusals = new ArrayList<>();
      for (Verdict verdict : transaction.recipients(all)) {
        if (!verdict.accepted()) {
          refusals.add(shown(verdict));
        }
      }
      if (refusals.size() == recipients.length) {
        return refusals;
      }
      MessageSink sink = transaction.body(BodyKind.SEVEN_BIT, OptionalLong.empty());
      sink.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
      return sink.finish().stream().map(Deliveries::shown).toList();
    }
  }

  public static List<String> messages(MailStore store, String account, String mailbox)
      throws Exception {
    try (Account open = store.open(Identity.owner(account));
        Mailbox opened = open.open(MailboxName.parse(mailbox), Access.READ)) {
      List<String> messages = new ArrayList<>();
      for (long uid : opened.snapshot().uids().stream().toArray()) {
        try (MessageContent content = opened.content(uid)) {
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

  static List<String> inbox(MailStore store, String account) throws Exception {
    return messages(store, account, "INBOX");
  }
}
