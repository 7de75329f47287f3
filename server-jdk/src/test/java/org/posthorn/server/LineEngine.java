package org.posthorn.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.posthorn.protocol.All;
import org.posthorn.protocol.CallContext;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Demand;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.Engine;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.Lane;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.store.HintSink;
import org.posthorn.store.MailboxId;
import org.posthorn.store.StoreException;

/**
 * A protocol of lines, each a word and a number, that makes a driver do everything that an engine
 * may ask of it.
 */
final class LineEngine implements Engine {
  /** What the tests see and steer of all engines of a server. */
  static final class Service implements EngineFactory {
    volatile boolean answersAtOnce;
    final BlockingQueue<HintSink> watchers = new LinkedBlockingQueue<>();
    final BlockingQueue<ConnectionInfo> connections = new LinkedBlockingQueue<>();
    final CountDownLatch slowMayEnd = new CountDownLatch(1);
    final CountDownLatch slowBegan = new CountDownLatch(1);
    final CountDownLatch slowCancelled = new CountDownLatch(1);
    final AtomicInteger slowEnded = new AtomicInteger();
    final AtomicInteger lost = new AtomicInteger();
    final AtomicInteger resumedAfterLoss = new AtomicInteger();
    final AtomicInteger sourcesOpen = new AtomicInteger();
    final AtomicInteger released = new AtomicInteger();
    final AtomicBoolean overlapped = new AtomicBoolean();

    @Override
    public String protocol() {
      return "line";
    }

    @Override
    public String farewell(TurnedAway why) {
      return "away: " + why + "\r\n";
    }

    @Override
    public boolean answersAtOnce() {
      return answersAtOnce;
    }

    @Override
    public Engine create(ConnectionInfo connection) {
      connections.add(connection);
      return new LineEngine(this, connection);
    }
  }

  private final Service service;
  private final ConnectionInfo connection;
  private final StringBuilder line = new StringBuilder();
  private final AtomicBoolean inside = new AtomicBoolean();
  private Demand demand = Demand.INPUT;
  private long floodLeft;
  private long chainLeft;
  private boolean stopping;
  private long deadline = Long.MAX_VALUE;

  private LineEngine(Service service, ConnectionInfo connection) {
    this.service = service;
    this.connection = connection;
  }

  private void enter() {
    if (!inside.compareAndSet(false, true)) {
      service.overlapped.set(true);
    }
  }

  private Demand leave(Demand next) {
    inside.set(false);
    demand = next;
    return next;
  }

  private static void say(Effects out, String text) {
    out.write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public Demand opened(Effects out) {
    enter();
    say(out, "hello " + connection.peer().getAddress().getHostAddress());
    return leave(Demand.INPUT);
  }

  @Override
  public Demand receive(ByteBuffer in, Effects out) {
    enter();
    Demand next = Demand.INPUT;
    while (next == Demand.INPUT && in.hasRemaining()) {
      char c = (char) (in.get() & 0xFF);
      if (c == '\n') {
        String command = line.toString().strip();
        line.setLength(0);
        next = command(command, out);
      } else {
        line.append(c);
      }
    }
    return leave(next);
  }

  private Demand command(String command, Effects out) {
    int space = command.indexOf(' ');
    String word = space < 0 ? command : command.substring(0, space);
    String rest = space < 0 ? "" : command.substring(space + 1);
    switch (word) {
      case "echo" -> say(out, rest);
      case "send" -> {
        service.sourcesOpen.incrementAndGet();
        out.transfer(new PatternSource(Long.parseLong(rest), Long.MAX_VALUE, Lane.BLOCKING));
        out.release(service.released::incrementAndGet);
        say(out, "sent");
      }
      case "sendinline" -> {
        service.sourcesOpen.incrementAndGet();
        out.transfer(new PatternSource(Long.parseLong(rest), Long.MAX_VALUE, Lane.INLINE));
        say(out, "sent");
      }
      case "torn" -> {
        service.sourcesOpen.incrementAndGet();
        long length = Long.parseLong(rest);
        out.transfer(new PatternSource(length, length / 2, Lane.BLOCKING));
        return Demand.DRAIN;
      }
      case "flood" -> {
        floodLeft = Long.parseLong(rest);
        return flood(out);
      }
      case "slow" -> {
        out.call((StoreCall<String>) this::slow);
        return Demand.COMPLETION;
      }
      case "sleep" -> {
        out.call(new Sleep(Duration.ofMillis(Long.parseLong(rest))));
        return Demand.COMPLETION;
      }
      case "chain" -> {
        chainLeft = Long.parseLong(rest);
        return chain(out);
      }
      case "store" -> {
        out.call(new Where(Thread.currentThread()));
        return Demand.COMPLETION;
      }
      case "all" -> {
        out.call(
            new All<>(
                List.of(
                    new Answer("a", Lane.INLINE),
                    new Answer("b", Lane.BLOCKING),
                    new Answer("c", Lane.CPU),
                    new Answer("d", Lane.NATIVE),
                    new Answer("", Lane.BLOCKING))));
        return Demand.COMPLETION;
      }
      case "watch" -> {
        service.watchers.add(out.hints());
        say(out, "watching");
      }
      case "tick" -> {
        deadline = out.nanoTime() + Duration.ofMillis(Long.parseLong(rest)).toNanos();
        return Demand.WAIT;
      }
      case "starttls" -> {
        say(out, "begin");
        out.startTls();
        return Demand.TLS;
      }
      case "compress" -> {
        say(out, "begin");
        out.startCompression();
      }
      case "plain" -> {
        say(out, "end");
        out.stopCompression();
      }
      case "throw" -> {
        leave(demand);
        throw new IllegalStateException("asked to");
      }
      case "close" -> {
        say(out, "bye");
        out.close("asked to");
        return Demand.CLOSED;
      }
      case "abort" -> {
        out.abort("asked to");
        return Demand.CLOSED;
      }
      default -> say(out, "what?");
    }
    return Demand.INPUT;
  }

  private String slow(CallContext context) {
    service.slowBegan.countDown();
    context.onCancel(service.slowCancelled::countDown);
    try {
      service.slowMayEnd.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    service.slowEnded.incrementAndGet();
    return "slow done";
  }

  private record Sleep(Duration time) implements StoreCall<String> {
    @Override
    public String invoke(CallContext context) {
      LockSupport.parkNanos(time.toNanos());
      return "slept";
    }
  }

  private record Answer(String text, Lane lane) implements StoreCall<String> {
    @Override
    public String invoke(CallContext context) throws StoreException {
      if (text.isEmpty()) {
        throw new StoreException(StoreException.Code.CANNOT, "nothing to say");
      }
      return text;
    }
  }

  /** Tells whether it runs on the thread of the connection. */
  private record Where(Thread connection) implements StoreCall<String> {
    @Override
    public String invoke(CallContext context) {
      return Thread.currentThread() == connection ? "here" : "elsewhere";
    }

    @Override
    public Lane lane() {
      return Lane.STORE;
    }
  }

  private Demand flood(Effects out) {
    byte[] text =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    while (floodLeft > 0) {
      if (!out.writable()) {
        return Demand.DRAIN;
      }
      out.write(text);
      floodLeft--;
    }
    say(out, "flooded");
    return Demand.INPUT;
  }

  private Demand chain(Effects out) {
    if (chainLeft-- > 0) {
      out.call(new Answer("x", Lane.INLINE));
      return Demand.COMPLETION;
    }
    say(out, "chained");
    return Demand.INPUT;
  }

  @Override
  public Demand resume(Outcome<?> done, Effects out) {
    enter();
    if (service.lost.get() > 0) {
      service.resumedAfterLoss.incrementAndGet();
    }
    if (chainLeft > 0 || (done instanceof Outcome.Done<?> d && "x".equals(d.value()))) {
      return leave(chain(out));
    }
    say(out, text(done));
    if (stopping) {
      say(out, "bye");
      out.close("stopped");
      return leave(Demand.CLOSED);
    }
    return leave(Demand.INPUT);
  }

  private static String text(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Done<?> done) {
      if (done.value() instanceof List<?> list) {
        StringBuilder all = new StringBuilder();
        list.forEach(one -> all.append(text((Outcome<?>) one)));
        return all.toString();
      }
      return String.valueOf(done.value());
    }
    return String.valueOf(((Outcome.Failed<?>) outcome).why().code());
  }

  @Override
  public Demand writable(Effects out) {
    enter();
    return leave(floodLeft > 0 ? flood(out) : Demand.INPUT);
  }

  @Override
  public Demand transferFailed(StoreException why, Effects out) {
    enter();
    out.abort("torn: " + why.code());
    return leave(Demand.CLOSED);
  }

  @Override
  public Demand tlsEstablished(TlsInfo tls, Effects out) {
    enter();
    line.setLength(0);
    if (!connection.implicitTls()) {
      say(out, "secure " + tls.protocol());
    }
    return leave(Demand.INPUT);
  }

  @Override
  public Demand hint(MailboxId which, Effects out) {
    enter();
    say(out, "hint " + which);
    return leave(demand);
  }

  @Override
  public Demand tick(Effects out) {
    enter();
    deadline = Long.MAX_VALUE;
    say(out, "tick");
    return leave(Demand.INPUT);
  }

  @Override
  public OptionalLong deadline() {
    return deadline == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(deadline);
  }

  @Override
  public Demand endOfInput(Effects out) {
    enter();
    if (demand != Demand.INPUT) {
      return leave(demand);
    }
    say(out, "end of input");
    out.close("end of input");
    return leave(Demand.CLOSED);
  }

  @Override
  public Demand stop(Effects out) {
    enter();
    stopping = true;
    if (demand == Demand.COMPLETION) {
      return leave(demand);
    }
    say(out, "bye");
    out.close("stopped");
    return leave(Demand.CLOSED);
  }

  @Override
  public void connectionLost(Effects out) {
    enter();
    service.lost.incrementAndGet();
    out.release(service.released::incrementAndGet);
    inside.set(false);
  }

  /** Octets that can be checked by where they are. */
  private final class PatternSource implements OutputSource {
    private final long length;
    private final long failsAt;
    private final Lane lane;
    private long position;

    PatternSource(long length, long failsAt, Lane lane) {
      this.length = length;
      this.failsAt = failsAt;
      this.lane = lane;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public int read(ByteBuffer into, CallContext context) throws StoreException {
      if (position >= failsAt) {
        throw new StoreException(StoreException.Code.CORRUPTION, "torn");
      }
      if (position == length) {
        return -1;
      }
      int n = (int) Math.min(Math.min(into.remaining(), 10_000), length - position);
      for (int i = 0; i < n; i++) {
        into.put(pattern(position++));
      }
      return n;
    }

    @Override
    public Lane lane() {
      return lane;
    }

    @Override
    public void close() {
      service.sourcesOpen.decrementAndGet();
    }
  }

  static byte pattern(long position) {
    return (byte) (position * 31 + (position >> 8));
  }
}
