package org.posthorn.delivery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
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
import org.posthorn.store.Identity;
import org.posthorn.store.StoreException;

/** What this server writes itself. */
final class OwnMail {
  private OwnMail() {}

  /** Who sends it: an authenticated user of our own. */
  static SmtpPeer peer(String hostname) {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ConnectionInfo connection = new ConnectionInfo("local", "local", here, here, false, false);
    Identity server = Identity.owner("postmaster");
    return new SmtpPeer(SmtpRole.SUBMISSION, connection, hostname, server, null, "LOCAL");
  }

  static Verdict submit(
      MailHandler handler, String hostname, ReversePath sender, Address to, byte[] message)
      throws StoreException {
    try (Transaction transaction = handler.begin(peer(hostname))) {
      Verdict from = transaction.from(sender, MailParameters.NONE);
      if (!from.accepted()) {
        return from;
      }
      Verdict verdict = transaction.recipients(List.of(Recipient.of(to))).get(0);
      if (!verdict.accepted()) {
        return verdict;
      }
      MessageSink sink = transaction.body(BodyKind.EIGHT_BIT_MIME, OptionalLong.empty());
      sink.write(ByteBuffer.wrap(message));
      return sink.finish().get(0);
    }
  }
}
