package org.posthorn.smtp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Demand;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.store.Identity;
import org.posthorn.store.StoreException;

/**
 * What one connection knows, and what its commands do with it. Confined like the engine that owns
 * it.
 */
public final class SmtpSession {
  private final SmtpService service;
  private final ConnectionInfo transport;
  private ConnectionInfo connection;
  private @Nullable String clientName;
  private @Nullable Effects out;
  private Demand demand = Demand.INPUT;
  private final Waiting waiting = new Waiting();
  private @Nullable TlsInfo tls;
  private @Nullable Identity user;
  private @Nullable String helo;
  private boolean extended;
  private @Nullable Mail mail;
  private int errors;
  private int transactions;
  private int failedLogins;
  private long lastProgress;
  private Input input;

  SmtpSession(SmtpService service, ConnectionInfo connection) {
    this.service = service;
    this.transport = connection;
    this.connection = connection;
    this.input = new CommandInput(this);
  }

  /** How the engine reads at the moment: commands, an authentication dialogue, content. */
  interface Input {
    /** Consumes what it may, until a call is outstanding or nothing complete is left. */
    void receive(ByteBuffer in);

    /**
     * Until when the client has time, as are the others on the scale of {@link System#nanoTime}.
     *
     * @param lastInput when octets came last
     * @param lastProgress when a command was complete or answered last
     */
    long deadline(long lastInput, long lastProgress);
  }

  public SmtpService service() {
    return service;
  }

  public ConnectionInfo connection() {
    return connection;
  }

  public SmtpRole role() {
    return service.role();
  }

  public SmtpLimits limits() {
    return service.limits();
  }

  /** An ability of the handler, of {@code org.posthorn.smtp.facet}. */
  public <F> Optional<F> facet(Class<F> type) {
    return service.handler().facet(type);
  }

  /** Null without TLS. */
  public @Nullable TlsInfo tls() {
    return tls;
  }

  /** Null before AUTH. */
  public @Nullable Identity user() {
    return user;
  }

  /** The name given with HELO, EHLO or LHLO; null before. */
  public @Nullable String helo() {
    return helo;
  }

  /** Whether a mail transaction is under way. */
  public boolean inTransaction() {
    return mail != null;
  }

  @Nullable Mail mail() {
    return mail;
  }

  Input input() {
    return input;
  }

  void read(Input next) {
    input = next;
  }

  void readCommands() {
    input = new CommandInput(this);
  }

  /** A command, or a step of a dialogue, is complete. */
  void progressed() {
    lastProgress = effects().nanoTime();
  }

  long lastProgress() {
    return lastProgress;
  }

  Demand demand() {
    return demand;
  }

  boolean wantsInput() {
    return demand == Demand.INPUT;
  }

  void want(Demand next) {
    demand = next;
  }

  /** What may be done, valid during a turn of the engine. */
  public Effects effects() {
    if (out == null) {
      throw new IllegalStateException("outside a turn");
    }
    return out;
  }

  void enter(Effects effects) {
    out = effects;
  }

  void leave() {
    out = null;
  }

  /** Answers the command. */
  public void reply(Verdict verdict) {
    effects().write(Reply.of(verdict));
    if (!verdict.accepted()) {
      countError(verdict);
    }
  }

  /** Answers with several lines; code and standing are those of the last. */
  void replyAll(List<Verdict> lines) {
    for (int i = 0; i < lines.size() - 1; i++) {
      effects().write(Reply.continued(lines.get(lines.size() - 1).code(), lines.get(i)));
    }
    reply(lines.get(lines.size() - 1));
  }

  /** Answers with a reply that has no enhanced status code (RFC 2034 section 4). */
  public void reply(int code, String text) {
    effects().write(Reply.of(code, text));
  }

  void reply(int code, List<String> lines) {
    effects().write(Reply.of(code, lines));
  }

  /** A neighbour that speaks LMTP is not cut off for what its recipients lack. */
  private void countError(Verdict verdict) {
    if (verdict.temporary() || (role() == SmtpRole.LMTP && verdict.code() >= 510)) {
      return;
    }
    errors++;
    if (errors >= limits().errors() && demand != Demand.CLOSED) {
      effects().event(new Event.Refused("session", "too many errors"));
      bye(new Verdict(421, "4.7.0", "Too many errors"), "too many errors");
    }
  }

  /** Takes leave and closes. */
  void bye(Verdict verdict, String reason) {
    effects().write(Reply.of(verdict));
    close(reason);
  }

  void close(String reason) {
    demand = Demand.CLOSED;
    effects().close(reason);
  }

  /** Has something done; a failure is answered from the one table. */
  <R> void call(StoreCall<R> call, Consumer<R> then) {
    call(call, then, failure -> reply(Failures.verdict(failure)));
  }

  /** Has something done. */
  <R> void call(StoreCall<R> call, Consumer<R> then, Consumer<StoreException> otherwise) {
    waiting.call(effects(), call, then, otherwise);
    demand = Demand.COMPLETION;
  }

  void resume(Outcome<?> outcome) {
    Runnable then = waiting.completed(effects(), outcome);
    if (demand == Demand.COMPLETION) {
      demand = Demand.INPUT;
    }
    then.run();
  }

  /** Does nothing for a while, without a thread, and then goes on. */
  void pause(java.time.Duration duration, Runnable then) {
    if (duration.isZero()) {
      then.run();
      return;
    }
    waiting.pause(effects().nanoTime() + duration.toNanos(), then);
    demand = Demand.WAIT;
  }

  boolean paused() {
    return waiting.paused();
  }

  long pauseEnds() {
    return waiting.pauseEnds();
  }

  void endPause() {
    Runnable then = waiting.endPause();
    demand = Demand.INPUT;
    then.run();
  }

  /** Counts a refused login; how many there were. */
  int loginFailed() {
    return ++failedLogins;
  }

  /** A greeting command: who speaks, and a clean slate. */
  void greeted(String name, boolean withExtensions) {
    resetTransaction();
    helo = name;
    extended = withExtensions;
  }

  /** Whose octets these are, whatever XCLIENT said. */
  InetSocketAddress transportPeer() {
    return transport.peer();
  }

  /** The greeting, at the beginning and after XCLIENT. */
  void greet() {
    String protocol = role() == SmtpRole.LMTP ? " LMTP " : " ESMTP ";
    reply(220, service.hostname() + protocol + service.greeting());
  }

  /**
   * XCLIENT: begins anew for somebody else.
   *
   * @param name of the client's host; null where unknown
   * @param newHelo null where the client is still to say it
   * @param loginGiven whether {@code login} counts
   */
  void proxied(
      ConnectionInfo claimed,
      @Nullable String name,
      @Nullable String newHelo,
      boolean withExtensions,
      boolean loginGiven,
      @Nullable Identity login) {
    resetTransaction();
    connection = claimed;
    clientName = name;
    helo = newHelo;
    extended = withExtensions;
    user = loginGiven ? login : user;
  }

  void authenticated(Identity identity) {
    user = identity;
  }

  /** RFC 3207 section 4.2: after the handshake nothing is known any more. */
  void tlsEstablished(TlsInfo info) {
    tls = info;
    helo = null;
    user = null;
    extended = false;
    resetTransaction();
    readCommands();
    demand = Demand.INPUT;
  }

  void begin(Mail newMail) {
    mail = newMail;
  }

  /** Counts a MAIL command; false when there were too many (RFC 9422 section 4.1). */
  boolean countTransaction() {
    return ++transactions <= limits().transactions();
  }

  /** Ends the transaction, if there is one. */
  void resetTransaction() {
    Mail ended = mail;
    if (ended != null) {
      mail = null;
      effects().release(ended);
    }
  }

  /** Whom we talk to. */
  public SmtpPeer peer() {
    return peer(false);
  }

  SmtpPeer peer(boolean smtpUtf8) {
    return new SmtpPeer(
        role(),
        connection,
        helo == null ? "" : helo,
        user,
        tls,
        TransmissionType.of(role(), extended, smtpUtf8, tls != null, user != null),
        clientName);
  }

  @Override
  public String toString() {
    return role().name().toLowerCase(Locale.ROOT) + ' ' + connection.id();
  }
}
