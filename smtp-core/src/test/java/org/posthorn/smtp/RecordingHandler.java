package org.posthorn.smtp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps nothing but counts; knows nobody called green, and somebody whose mailbox is full. */
final class RecordingHandler implements MailHandler {
  private final AtomicInteger messages = new AtomicInteger();

  @Override
  public Transaction begin(SmtpPeer peer) {
    return new Recording(peer);
  }

  private final class Recording implements Transaction, MessageSink {
    private final SmtpPeer peer;
    private final List<String> recipients = new ArrayList<>();
    private long octets;

    Recording(SmtpPeer peer) {
      this.peer = peer;
    }

    @Override
    public Verdict from(ReversePath sender, MailParameters parameters) {
      return new Verdict(250, "2.1.0", "Sender OK");
    }

    @Override
    public List<Verdict> recipients(List<Recipient> asked) {
      return asked.stream().map(this::recipient).toList();
    }

    private Verdict recipient(Recipient recipient) {
      if (recipient.address().localPart().equals("green")) {
        return new Verdict(550, "5.1.1", "No such user here");
      }
      recipients.add(recipient.address().toString().toLowerCase(Locale.ROOT));
      return new Verdict(250, "2.1.5", "Recipient OK");
    }

    @Override
    public MessageSink body(BodyKind kind, OptionalLong declared) {
      return this;
    }

    @Override
    public void write(ByteBuffer chunk) {
      octets += chunk.remaining();
    }

    @Override
    public List<Verdict> finish() {
      int number = messages.incrementAndGet();
      if (peer.role() != SmtpRole.LMTP) {
        String text = "kept " + number + " for " + recipients.size() + ": " + octets + " octets";
        return List.of(new Verdict(250, "2.0.0", text));
      }
      return recipients.stream()
          .map(
              to ->
                  to.startsWith("full")
                      ? new Verdict(452, "4.2.2", "Mailbox full")
                      : new Verdict(250, "2.0.0", "kept " + number + " for " + to))
          .toList();
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
  }
}
