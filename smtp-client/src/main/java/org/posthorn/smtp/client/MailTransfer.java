package org.posthorn.smtp.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.Verdict;
import org.posthorn.smtp.client.SmtpClient.Need;

/** One mail transaction. */
final class MailTransfer {
  private static final Duration ENVELOPE = Duration.ofMinutes(5);
  private static final Duration DATA = Duration.ofMinutes(2);
  private static final Duration BLOCK = Duration.ofMinutes(3);
  private static final Duration END = Duration.ofMinutes(10);

  /** Chunks on their way at once. */
  private static final int CHUNKS = 16;

  private final SmtpClient client;
  private final MailOrder order;
  private final boolean lmtp;
  private final boolean chunks;
  private final int chunkWindow;
  private final EnvelopeCommands commands;
  private final EnvelopeObjections objections;
  private final @Nullable Verdict[] verdicts;
  private final List<Integer> accepted = new ArrayList<>();
  private final ContentWriter writer = new ContentWriter();
  private @Nullable Verdict chunkRefusal;
  private int envelopeReplies;
  private int chunkReplies;
  private int finals;
  private boolean begun;
  private boolean ended;
  private boolean done;

  MailTransfer(SmtpClient client, MailOrder order, ClientSettings settings) {
    this.client = client;
    this.order = order;
    this.lmtp = settings.lmtp();
    this.commands = new EnvelopeCommands(client.abilities(), order);
    this.objections = new EnvelopeObjections(client.abilities(), client.proven());
    this.verdicts = new Verdict[order.recipients().size()];
    boolean binary = order.parameters().body() == BodyKind.BINARY_MIME;
    this.chunks = client.abilities().has("CHUNKING") && (binary || settings.chunking());
    this.chunkWindow = client.abilities().has("PIPELINING") ? CHUNKS : 1;
  }

  Optional<MailResult> result() {
    return done
        ? Optional.of(new MailResult(Arrays.asList(verdicts.clone()), begun, client.abilities()))
        : Optional.empty();
  }

  void begin() {
    Optional<Verdict> objection = objections.against(order);
    if (objection.isPresent()) {
      fill(objection.get());
      finish();
      return;
    }
    envelopeReplies++;
    client.pipelined(commands.mail(), this::mailAnswered, ENVELOPE);
    for (int i = 0; i < verdicts.length; i++) {
      recipient(i, order.recipients().get(i));
    }
  }

  private void recipient(int index, Recipient recipient) {
    Optional<Verdict> objection = objections.against(recipient);
    if (objection.isPresent()) {
      verdicts[index] = objection.get();
    } else {
      envelopeReplies++;
      client.pipelined(
          commands.rcpt(recipient), reply -> recipientAnswered(index, reply), ENVELOPE);
    }
  }

  private void mailAnswered(ServerReply reply) {
    begun = reply.positive();
    if (!begun) {
      fill(reply.verdict());
      envelopeReplies -= client.dropUnsent();
    }
    envelopeAnswered();
  }

  private void recipientAnswered(int index, ServerReply reply) {
    if (begun && reply.positive()) {
      accepted.add(index);
    } else if (verdicts[index] == null) {
      verdicts[index] = verdict(reply);
    }
    envelopeAnswered();
  }

  /** RFC 5321 section 4.5.3.1.10: 552 for too many recipients is to be read as 452. */
  private static Verdict verdict(ServerReply reply) {
    Verdict said = reply.verdict();
    return said.code() == 552 && said.enhanced().equals("5.5.3")
        ? new Verdict(452, "4.5.3", said.text())
        : said;
  }

  private void envelopeAnswered() {
    envelopeReplies--;
    if (envelopeReplies > 0) {
      return;
    }
    if (accepted.isEmpty()) {
      leave();
    } else if (chunks) {
      client.need(Need.CONTENT);
    } else {
      client.command("DATA", this::dataAnswered, DATA);
    }
  }

  private void dataAnswered(ServerReply reply) {
    if (reply.code() == 354) {
      client.need(Need.CONTENT);
    } else {
      fill(reply.verdict());
      leave();
    }
  }

  /** Nothing is sent: the next transaction needs a fresh start. */
  private void leave() {
    if (begun) {
      client.command("RSET", reply -> finish(), ENVELOPE);
    } else {
      finish();
    }
  }

  void chunk(ByteBuffer octets) {
    if (!chunks) {
      client.write(writer.stuffed(octets));
    } else if (octets.hasRemaining()) {
      client.write("BDAT " + octets.remaining() + "\r\n");
      client.write(octets);
      chunkReplies++;
      client.expect(this::chunkAnswered, BLOCK);
      if (chunkReplies >= chunkWindow) {
        client.need(Need.INPUT);
      }
    }
  }

  private void chunkAnswered(ServerReply reply) {
    chunkReplies--;
    if (!reply.positive() && chunkRefusal == null) {
      chunkRefusal = reply.verdict();
    }
    if (!ended && chunkReplies < chunkWindow) {
      client.need(Need.CONTENT);
    }
  }

  void end() {
    ended = true;
    client.write(chunks ? "BDAT 0 LAST\r\n" : writer.end());
    finals = lmtp ? accepted.size() : 1;
    for (int i = 0; i < finals; i++) {
      client.expect(this::finallyAnswered, END);
    }
  }

  /** RFC 2033 section 4.2: in LMTP an answer for each recipient, in their order. */
  private void finallyAnswered(ServerReply reply) {
    Verdict verdict = chunkRefusal == null || !reply.positive() ? reply.verdict() : chunkRefusal;
    if (lmtp) {
      verdicts[accepted.get(accepted.size() - finals)] = verdict;
    } else {
      fill(verdict);
    }
    finals--;
    if (finals == 0) {
      finish();
    }
  }

  /** What has its answer keeps it. */
  void connectionFailed(Verdict why) {
    fill(why);
    done = true;
  }

  private void fill(Verdict verdict) {
    for (int i = 0; i < verdicts.length; i++) {
      if (verdicts[i] == null) {
        verdicts[i] = verdict;
      }
    }
  }

  private void finish() {
    done = true;
    client.need(Need.READY);
  }
}
