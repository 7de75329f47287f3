package org.posthorn.pop3;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.Flow;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.store.StoreException;

/** One client's session: what commands know and what they may do. Confined like the engine. */
public final class Pop3Session {
  private static final int FLUSH_AT = 16 << 10;

  private final Pop3Service service;
  private final ConnectionInfo connection;
  private final Replies replies = new Replies();
  private final Flow flow = new Flow(replies::flush);
  private final CommandInput input;
  private @Nullable TlsInfo tls;
  private @Nullable String user;
  private @Nullable Maildrop maildrop;
  private @Nullable AutoCloseable held;
  private int failedLogins;
  private boolean utf8;
  private Pop3Language language = Pop3Language.ENGLISH;
  private String timestamp = "";

  Pop3Session(Pop3Service service, ConnectionInfo connection) {
    this.service = service;
    this.connection = connection;
    this.input = new CommandInput(this, service);
  }

  public ConnectionInfo connection() {
    return connection;
  }

  /** Null without TLS. */
  public @Nullable TlsInfo tls() {
    return tls;
  }

  public Pop3State state() {
    return maildrop == null ? Pop3State.AUTHORIZATION : Pop3State.TRANSACTION;
  }

  /** The maildrop; only in the TRANSACTION state. */
  public Maildrop maildrop() {
    Maildrop open = maildrop;
    if (open == null) {
      throw new IllegalStateException("nobody is logged in");
    }
    return open;
  }

  /** A good answer, whole or the first line of several. */
  public void ok(String text) {
    input.understood();
    replies.line("+OK " + language.text(text));
  }

  /** One line of several; dots are taken care of. */
  public void line(String text) {
    replies.line(text.startsWith(".") ? "." + text : text);
  }

  /** The last of several lines. */
  public void endOfLines() {
    replies.line(".");
  }

  /** A refusal. */
  public void err(String text) {
    input.understood();
    replies.line("-ERR " + language.text(text));
  }

  /** A refusal with its reason for programs. */
  public void err(ResponseCode code, String text) {
    err("[" + code.text() + "] " + language.text(text));
  }

  /** A command that was not understood; too many in a row end the connection. */
  public void bad(String text) {
    replies.line("-ERR " + language.text(text));
    if (input.misunderstood()) {
      close("too many bad commands");
    }
  }

  /** A refusal for a failure of store or user database. */
  public void fail(StoreException why) {
    fault(why);
    ResponseCode code = Failures.code(why.code());
    String text = Failures.text(why.code());
    if (code == null) {
      err(text);
    } else {
      err(code, text);
    }
  }

  /**
   * A line for every message that is not marked as deleted, then the end; in pieces, as the
   * transport takes them.
   */
  public void listing(IntFunction<String> line) {
    listFrom(1, line);
  }

  private void listFrom(int first, IntFunction<String> line) {
    Maildrop drop = maildrop();
    for (int number = first; number <= drop.count(); number++) {
      if (replies.size() >= FLUSH_AT) {
        int next = number;
        flow.whenWritable(() -> listFrom(next, line));
        return;
      }
      if (!drop.isDeleted(number)) {
        replies.line(line.apply(number));
      }
    }
    endOfLines();
  }

  /** Has work done elsewhere, then goes on with its result or its failure. */
  public <R> void call(StoreCall<R> call, Consumer<R> then, Consumer<StoreException> failed) {
    flow.call(call, then, failed);
  }

  /** Tells the integrator. */
  public void event(Event event) {
    flow.effects().event(event);
  }

  /** Closes behind what was said, without the UPDATE state. */
  public void close(String reason) {
    leave();
    flow.close(reason);
  }

  // For the commands and the engine of this module.

  Pop3Service service() {
    return service;
  }

  Flow flow() {
    return flow;
  }

  CommandInput input() {
    return input;
  }

  Effects effects() {
    return flow.effects();
  }

  @Nullable Maildrop maildropOrNull() {
    return maildrop;
  }

  @Nullable String user() {
    return user;
  }

  void user(@Nullable String name) {
    user = name;
  }

  void language(Pop3Language chosen) {
    language = chosen;
    replies.allowUnicode();
  }

  void enableUtf8() {
    utf8 = true;
    replies.allowUnicode();
  }

  boolean utf8() {
    return utf8;
  }

  /** Whether headers beyond ASCII are not to be sent. */
  boolean plainOnly() {
    return !utf8 && !service.sendsUnicodeHeaders();
  }

  /** The greeting's timestamp for APOP; empty without APOP. */
  String timestamp() {
    return timestamp;
  }

  /** The first words, with a timestamp where APOP is offered (RFC 1939 section 7). */
  void greet() {
    if (!service.offersApop()) {
      ok(service.greeting());
      return;
    }
    byte[] random = new byte[16];
    effects().random(random);
    timestamp = "<" + HexFormat.of().formatHex(random) + "@" + service.sasl().hostname() + ">";
    ok(service.greeting() + " " + timestamp);
  }

  int loginFailed() {
    return ++failedLogins;
  }

  void loggedIn(Maildrop opened) {
    maildrop = opened;
    opened.leaseTaken(effects().nanoTime());
    user = null;
  }

  void after(Duration wait, Runnable step) {
    flow.after(wait.toNanos(), step);
  }

  void whenWritable(Runnable step) {
    flow.whenWritable(step);
  }

  void octets(byte[] octets, int length) {
    replies.flush(effects());
    effects().write(ByteBuffer.wrap(octets, 0, length));
  }

  void refuse(RefusedException why) {
    String text = String.valueOf(why.getMessage());
    if (why instanceof SyntaxException) {
      bad(text);
    } else {
      err(text);
    }
  }

  void readLine(Consumer<ByteBuffer> line, Runnable tooLong, int limit) {
    input.readLine(line, tooLong, limit);
  }

  void startTls() {
    flow.startTls();
  }

  /** Everything that was said before TLS is forgotten (RFC 2595 section 4). */
  void tlsEstablished(TlsInfo info) {
    tls = info;
    user = null;
    utf8 = false;
    language = Pop3Language.ENGLISH;
    input.reset();
    flow.tlsEstablished();
  }

  /** A handle that is closed even if the connection goes first. */
  void holds(AutoCloseable handle) {
    held = handle;
  }

  void releaseHeld() {
    if (held != null) {
      effects().release(held);
      held = null;
    }
  }

  /** An answer broke off in the middle: only the end of the connection tells the client so. */
  void torn(StoreException why) {
    fault(why);
    leave();
    flow.abort("message could not be read");
  }

  void fault(StoreException why) {
    if (Failures.isOurs(why.code())) {
      event(new Event.Fault("pop3", why));
    }
  }

  /** Gives back what the session holds. */
  void leave() {
    releaseHeld();
    if (maildrop != null) {
      effects().release(maildrop);
      maildrop = null;
    }
  }
}
