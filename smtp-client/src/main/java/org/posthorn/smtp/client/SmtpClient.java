package org.posthorn.smtp.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.posthorn.smtp.Verdict;

/**
 * The client's side of SMTP and LMTP, free of I/O, threads, clocks and entropy: octets and orders
 * go in, octets come out. Every method says what it needs next ({@link Need}); {@link #output()} is
 * to be sent before that. Confined to one thread at a time.
 */
public final class SmtpClient {
  /** What the client needs next. */
  public enum Need {
    /** Octets from the server: {@link SmtpClient#receive}. */
    INPUT,
    /** A TLS handshake, then {@link SmtpClient#tlsEstablished}. */
    TLS,
    /** Nothing; {@link SmtpClient#send} or {@link SmtpClient#quit} may be called. */
    READY,
    /** Content: {@link SmtpClient#content}, and {@link SmtpClient#contentEnd} at its end. */
    CONTENT,
    /** Nothing more: the connection is to be closed. */
    CLOSED
  }

  /** Takes one reply. */
  @FunctionalInterface
  interface OnReply {
    void on(ServerReply reply);
  }

  private record Command(String line, OnReply onReply, Duration patience, boolean alone) {}

  /** RCPT commands on their way at once; RFC 2920 section 3.1 wants care for the other's window. */
  private static final int WINDOW = 50;

  private final ClientSettings settings;
  private final ReplyReader replies = new ReplyReader();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Deque<Command> outbox = new ArrayDeque<>();
  private final Deque<Command> waiting = new ArrayDeque<>();
  private final SessionOpening opening;
  private ServerAbilities abilities = ServerAbilities.NONE;
  private @Nullable MailTransfer transfer;
  private @Nullable Verdict failure;
  private Need need = Need.INPUT;

  /**
   * @param nonces give fresh random printable characters without a comma
   */
  public SmtpClient(ClientSettings settings, Supplier<String> nonces) {
    this.settings = settings;
    this.opening = new SessionOpening(this, settings, nonces);
  }

  /** The connection stands; with {@link TlsUse#IMPLICIT} so does TLS. */
  public Need opened() {
    opening.begin();
    return step();
  }

  /** Octets came; all are consumed. */
  public Need receive(ByteBuffer in) {
    try {
      while (need != Need.CLOSED) {
        ServerReply reply = replies.next(in);
        if (reply == null) {
          break;
        }
        take(reply, in);
      }
    } catch (ReplyReader.BadReplyException e) {
      fail(new Verdict(451, "4.5.0", "The next server does not speak SMTP: " + e.getMessage()));
    }
    return step();
  }

  private void take(ServerReply reply, ByteBuffer rest) {
    Command command = waiting.poll();
    if (reply.code() == 421) {
      fail(reply.verdict());
    } else if (command == null && need == Need.CONTENT && !reply.positive()) {
      fail(reply.verdict());
    } else if (command == null) {
      fail(new Verdict(451, "4.5.0", "The next server answered without being asked"));
    } else {
      command.onReply.on(reply);
      if (need == Need.TLS && (rest.hasRemaining() || replies.partial())) {
        // Whatever came before the handshake may have been put there by somebody else.
        fail(new Verdict(451, "4.7.0", "The next server talked before its TLS handshake"));
      }
    }
  }

  /** The handshake asked for is done. */
  public Need tlsEstablished() {
    if (need != Need.TLS) {
      throw new IllegalStateException("no TLS wanted");
    }
    need = Need.INPUT;
    opening.tlsEstablished();
    return step();
  }

  /** Sends a message. Its {@link #result()} is there when READY or CLOSED is needed next. */
  public Need send(MailOrder order) {
    if (need != Need.READY) {
      throw new IllegalStateException("not ready");
    }
    need = Need.INPUT;
    MailTransfer begun = new MailTransfer(this, order, settings);
    transfer = begun;
    begun.begin();
    return step();
  }

  /** Takes all of a chunk of content. */
  public Need content(ByteBuffer chunk) {
    content().chunk(chunk);
    return step();
  }

  /** The content is complete. */
  public Need contentEnd() {
    MailTransfer current = content();
    need = Need.INPUT;
    current.end();
    return step();
  }

  private MailTransfer content() {
    MailTransfer current = transfer;
    if (need != Need.CONTENT || current == null) {
      throw new IllegalStateException("no content wanted");
    }
    return current;
  }

  /** Asks whether the server is still there, by RSET; READY is needed next, or CLOSED. */
  public Need reset() {
    if (need != Need.READY) {
      throw new IllegalStateException("not ready");
    }
    need = Need.INPUT;
    command("RSET", this::resetAnswered, Duration.ofMinutes(5));
    return step();
  }

  private void resetAnswered(ServerReply reply) {
    if (reply.positive()) {
      need = Need.READY;
    } else {
      fail(reply.verdict());
    }
  }

  /** Whether TLS stands, with a server whose certificate proves its name. */
  boolean proven() {
    return opening.encrypted()
        && (settings.tls() == TlsUse.REQUIRED || settings.tls() == TlsUse.IMPLICIT);
  }

  /** Takes leave. */
  public Need quit() {
    if (need == Need.READY) {
      need = Need.INPUT;
      command("QUIT", reply -> need = Need.CLOSED, Duration.ofSeconds(30));
    }
    return step();
  }

  /** The connection is gone. */
  public Need endOfInput() {
    return lost(new Verdict(421, "4.4.2", "The connection was lost"));
  }

  /** The connection failed, or could not be made. */
  public Need lost(Verdict why) {
    if (need != Need.CLOSED) {
      fail(why);
    }
    return need;
  }

  /** How long to wait for what is needed next (RFC 5321 section 4.5.3.2). */
  public Duration patience() {
    Command next = waiting.peek();
    return next == null ? Duration.ofMinutes(3) : next.patience;
  }

  /** What is to be sent now; empty when there is nothing. Each octet is given once. */
  public ByteBuffer output() {
    ByteBuffer octets = ByteBuffer.wrap(output.toByteArray());
    output.reset();
    return octets;
  }

  /** What became of the last message; empty while it is on its way. */
  public Optional<MailResult> result() {
    return transfer == null ? Optional.empty() : transfer.result();
  }

  /** Why the connection is of no use; empty while it is, or when it ended as it should. */
  public Optional<Verdict> failure() {
    return Optional.ofNullable(failure);
  }

  /** What the server announced last. */
  public ServerAbilities abilities() {
    return abilities;
  }

  void abilities(ServerAbilities announced) {
    abilities = announced;
  }

  void need(Need next) {
    need = next;
  }

  /** A command that must be answered before the next one is sent. */
  void command(String line, OnReply onReply, Duration patience) {
    outbox.add(new Command(line, onReply, patience, true));
  }

  /** A command that others may follow at once where the server can PIPELINING. */
  void pipelined(String line, OnReply onReply, Duration patience) {
    outbox.add(new Command(line, onReply, patience, false));
  }

  /** Something that is answered without a command: the greeting, the end of content. */
  void expect(OnReply onReply, Duration patience) {
    waiting.add(new Command("", onReply, patience, true));
  }

  void write(String text) {
    output.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  void write(ByteBuffer octets) {
    output.write(octets.array(), octets.arrayOffset() + octets.position(), octets.remaining());
    octets.position(octets.limit());
  }

  /** Forgets commands that were not sent; gives their number. */
  int dropUnsent() {
    int dropped = outbox.size();
    outbox.clear();
    return dropped;
  }

  /** Gives up the connection. */
  void fail(Verdict why) {
    failure = why;
    need = Need.CLOSED;
    outbox.clear();
    waiting.clear();
    if (transfer != null) {
      transfer.connectionFailed(why);
    }
  }

  private Need step() {
    while (need == Need.INPUT && !outbox.isEmpty() && maySend(outbox.element())) {
      Command next = outbox.remove();
      write(next.line + "\r\n");
      waiting.add(next);
    }
    return need;
  }

  private boolean maySend(Command next) {
    if (waiting.isEmpty()) {
      return true;
    }
    boolean allMayBeFollowed = waiting.stream().noneMatch(Command::alone);
    return abilities.has("PIPELINING")
        && !next.alone
        && allMayBeFollowed
        && waiting.size() < WINDOW;
  }
}
