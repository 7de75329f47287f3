package org.posthorn.delivery.check;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
import org.posthorn.store.StoreException;

/** Keeps what it gets, as text; knows nobody called nobody; and says what it is to be sent. */
public final class KeepingHandler implements MailHandler {
  /** A message that arrived. */
  public record Kept(String sender, List<String> recipients, String content) {}

  public final List<Kept> kept = new ArrayList<>();

  public static SmtpPeer peer(SmtpRole role) {
    try {
      InetAddress address = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7});
      InetSocketAddress peer = new InetSocketAddress(address, 4_000);
      ConnectionInfo connection = new ConnectionInfo("1", "smtp", peer, peer, false, false);
      return new SmtpPeer(role, connection, "client.example", null, null, "ESMTP");
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends a message from carol@elsewhere.example to these of example.org. */
  public static List<Verdict> send(
      MailHandler handler, SmtpRole role, String content, String... recipients)
      throws StoreException {
    try (Transaction transaction = handler.begin(peer(role))) {
      Verdict from =
          transaction.from(
              ReversePath.of(new Address("carol", "elsewhere.example")), MailParameters.NONE);
      if (!from.accepted()) {
        return List.of(from);
      }
      List<Recipient> to = new ArrayList<>();
      for (String recipient : recipients) {
        to.add(Recipient.of(new Address(recipient, "example.org")));
      }
      List<Verdict> answers = transaction.recipients(to);
      if (answers.stream().noneMatch(Verdict::accepted)) {
        return answers;
      }
      MessageSink sink = transaction.body(BodyKind.SEVEN_BIT, OptionalLong.empty());
      for (byte octet : content.getBytes(StandardCharsets.UTF_8)) {
        sink.write(ByteBuffer.wrap(new byte[] {octet}));
      }
      return sink.finish();
    }
  }

  @Override
  public Transaction begin(SmtpPeer peer) {
    return new Keeping(peer);
  }

  private final class Keeping implements Transaction, MessageSink {
    private final SmtpPeer peer;
    private final List<String> recipients = new ArrayList<>();
    private final StringBuilder content = new StringBuilder();
    private String sender = "";

    Keeping(SmtpPeer peer) {
      this.peer = peer;
    }

    @Override
    public Verdict from(ReversePath path, MailParameters parameters) {
      sender = path.toString();
      return Verdict.OK;
    }

    @Override
    public List<Verdict> recipients(List<Recipient> asked) {
      List<Verdict> verdicts = new ArrayList<>();
      for (Recipient recipient : asked) {
        boolean known = !recipient.address().localPart().equals("nobody");
        if (known) {
          StringBuilder text = new StringBuilder(recipient.address().toString());
          recipient
              .parameters()
              .forEach((name, value) -> text.append(' ').append(name + '=' + value));
          recipients.add(text.toString());
        }
        verdicts.add(known ? Verdict.OK : new Verdict(550, "5.1.1", "No such user here"));
      }
      return verdicts;
    }

    @Override
    public MessageSink body(BodyKind kind, OptionalLong declared) {
      return this;
    }

    @Override
    public void write(ByteBuffer chunk) {
      content.append(StandardCharsets.UTF_8.decode(chunk));
    }

    @Override
    public List<Verdict> finish() {
      kept.add(new Kept(sender, List.copyOf(recipients), content.toString()));
      if (peer.role() != SmtpRole.LMTP) {
        return List.of(new Verdict(250, "2.0.0", "kept"));
      }
      return recipients.stream().map(to -> new Verdict(250, "2.0.0", "kept for " + to)).toList();
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
  }
}
