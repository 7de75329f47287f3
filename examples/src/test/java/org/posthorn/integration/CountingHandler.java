package org.posthorn.integration;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
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

/**
 * Whom SMTP's transcripts talk to: it says how much it took and keeps nothing, knows nobody called
 * green, and whoever begins with full has no room.
 */
final class CountingHandler implements MailHandler {
  private final AtomicInteger messages = new AtomicInteger();

  @Override
  public Transaction begin(SmtpPeer peer) {
    return new Counting(peer.role() == SmtpRole.LMTP);
  }

  private final class Counting implements Transaction, MessageSink {
    private final boolean one;
    private final List<String> taken = new ArrayList<>();
    private long octets;

    Counting(boolean verdictForEach) {
      this.one = !verdictForEach;
    }

    @Override
    public Verdict from(ReversePath sender, MailParameters parameters) {
      return new Verdict(250, "2.1.0", "Sender OK");
    }

    @Override
    public List<Verdict> recipients(List<Recipient> asked) {
      List<Verdict> verdicts = new ArrayList<>();
      for (Recipient recipient : asked) {
        if (recipient.address().localPart().equals("green")) {
          verdicts.add(new Verdict(550, "5.1.1", "No such user here"));
        } else {
          taken.add(recipient.address().toString().toLowerCase(Locale.ROOT));
          verdicts.add(new Verdict(250, "2.1.5", "Recipient OK"));
        }
      }
      return verdicts;
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
      String kept = "kept " + messages.incrementAndGet() + " for ";
      if (one) {
        return List.of(new Verdict(250, "2.0.0", kept + taken.size() + ": " + octets + " octets"));
      }
      return taken.stream().map(recipient -> verdict(recipient, kept)).toList();
    }

    private Verdict verdict(String recipient, String kept) {
      return recipient.startsWith("full")
          ? new Verdict(452, "4.2.2", "Mailbox full")
          : new Verdict(250, "2.0.0", kept + recipient);
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
  }
}
