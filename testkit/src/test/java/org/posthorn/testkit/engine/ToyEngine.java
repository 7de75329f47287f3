package org.posthorn.testkit.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.posthorn.protocol.ConnectionInfo;
import org.posthorn.protocol.Demand;
import org.posthorn.protocol.Effects;
import org.posthorn.protocol.Engine;
import org.posthorn.protocol.EngineFactory;
import org.posthorn.protocol.Event;
import org.posthorn.protocol.Outcome;
import org.posthorn.protocol.OutputSource;
import org.posthorn.protocol.StoreCall;
import org.posthorn.protocol.TlsInfo;
import org.posthorn.store.HintSink;
import org.posthorn.store.MailboxId;
import org.posthorn.store.StoreException;

/** Lines in, lines out; every effect has a command. */
public final class ToyEngine implements Engine {
  private static final long PATIENCE = 60_000_000_000L;

  /** What the engines of one factory share, in place of a store. */
  public static final class Board implements EngineFactory {
    private final Map<ToyEngine, HintSink> watchers = new HashMap<>();

    @Override
    public String protocol() {
      return "toy";
    }

    @Override
    public Engine create(ConnectionInfo connection) {
      return new ToyEngine(this);
    }
  }

  private final Board board;
  private final StringBuilder line = new StringBuilder();
  private long wake;
  private boolean misbehave;

  ToyEngine(Board board) {
    this.board = board;
  }

  private Demand say(String text, Effects out) {
    out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    return Demand.INPUT;
  }

  @Override
  public Demand opened(Effects out) {
    board.watchers.put(this, out.hints());
    wake = out.nanoTime() + PATIENCE;
    return say("hello", out);
  }

  @Override
  public Demand receive(ByteBuffer in, Effects out) {
    while (in.hasRemaining()) {
      char c = (char) (in.get() & 0xFF);
      if (c == '\n') {
        String command = line.substring(0, line.length() - 1);
        line.setLength(0);
        return run(command, out);
      }
      line.append(c);
    }
    return Demand.INPUT;
  }

  private Demand run(String command, Effects out) {
    String word = command.split(" ", 2)[0];
    switch (word) {
      case "call" -> {
        out.call(
            new StoreCall<String>() {
              @Override
              public String invoke(org.posthorn.protocol.CallContext context) {
                return "called " + command.substring(5);
              }
            });
        return Demand.COMPLETION;
      }
      case "two" -> {
        StoreCall<String> call = context -> "";
        out.call(call);
        out.call(call);
        return Demand.COMPLETION;
      }
      case "big" -> {
        out.transfer(new Letters(Integer.parseInt(command.substring(4))));
        return say("", out);
      }
      case "hint" -> {
        board.watchers.values().forEach(sink -> sink.hint(new MailboxId("board")));
        return say("hinted", out);
      }
      case "stls" -> {
        say("go", out);
        out.startTls();
        return Demand.TLS;
      }
      case "quit" -> {
        say("bye", out);
        out.close("quit");
        return Demand.CLOSED;
      }
      case "spin" -> {
        misbehave = true;
        return Demand.COMPLETION;
      }
      default -> {
        return say("echo " + command, out);
      }
    }
  }

  @Override
  public Demand resume(Outcome<?> done, Effects out) {
    return say(
        done instanceof Outcome.Failed<?> failed
            ? "failed " + failed.why().code()
            : String.valueOf(((Outcome.Done<?>) done).value()),
        out);
  }

  @Override
  public Demand writable(Effects out) {
    return Demand.INPUT;
  }

  @Override
  public Demand transferFailed(StoreException why, Effects out) {
    out.abort("torn");
    return Demand.CLOSED;
  }

  @Override
  public Demand tlsEstablished(TlsInfo tls, Effects out) {
    line.setLength(0);
    return Demand.INPUT;
  }

  @Override
  public Demand hint(MailboxId which, Effects out) {
    return say("hint " + which, out);
  }

  @Override
  public Demand tick(Effects out) {
    wake = Long.MAX_VALUE;
    say("too late", out);
    out.close("idle");
    return Demand.CLOSED;
  }

  @Override
  public OptionalLong deadline() {
    return OptionalLong.of(wake);
  }

  @Override
  public Demand endOfInput(Effects out) {
    say("eof", out);
    out.close("eof");
    return Demand.CLOSED;
  }

  @Override
  public Demand stop(Effects out) {
    say("stopping", out);
    out.close("stop");
    return Demand.CLOSED;
  }

  @Override
  public void connectionLost(Effects out) {
    board.watchers.remove(this);
    out.event(new Event.Closed("gone" + (misbehave ? "!" : ""), 0, 0));
  }

  /** So many octets of a, b, c. */
  private static final class Letters implements OutputSource {
    private final int length;
    private int at;

    Letters(int length) {
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public int read(ByteBuffer into, org.posthorn.protocol.CallContext context)
        throws StoreException {
      if (at == length) {
        return -1;
      }
      if (at > 10_000) {
        throw new StoreException(StoreException.Code.CORRUPTION, "torn");
      }
      int before = into.position();
      while (into.hasRemaining() && at < length) {
        into.put((byte) ('a' + at++ % 26));
      }
      return into.position() - before;
    }

    @Override
    public void close() {}
  }
}
