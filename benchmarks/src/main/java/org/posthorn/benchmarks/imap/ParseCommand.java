package org.posthorn.benchmarks.imap;

import com.icegreen.greenmail.imap.ImapRequestLineReader;
import com.icegreen.greenmail.imap.commands.GreenMailGrammar;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.decode.ImapRequestStreamLineReader;
import org.apache.james.imap.encode.FakeImapSession;
import org.apache.james.imap.main.DefaultImapDecoderFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.posthorn.imap.ParsedCommands;
import org.posthorn.imap.Refused;
import org.posthorn.imap.wire.SyntaxException;

/**
 * One IMAP command from its octets to its record: ns. The peers read the same octets by the parsers
 * that their servers use; the floor looks up the class of each octet.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ParseCommand {

  /** Which {@linkplain Commands command}. */
  @Param({"fetch", "fetch-new", "login", "search", "store", "append"})
  public String command = "fetch";

  private byte[][] variants = {};
  private ByteBuffer[] buffers = {};
  private int next;
  private ParsedCommands ours = ParsedCommands.beforeLogin();
  private final ImapDecoder james = DefaultImapDecoderFactory.createDecoder();
  private final FakeImapSession session = new FakeImapSession();

  /** Makes the command. */
  @Setup
  public void make() {
    variants = Commands.variants(command);
    buffers = new ByteBuffer[variants.length];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = ByteBuffer.wrap(variants[i]);
    }
    boolean login = command.equals("login");
    ours = login ? ParsedCommands.beforeLogin() : ParsedCommands.inMailbox();
    if (!login) {
      session.authenticated();
      session.selected(null).block();
    }
    if (!(james() instanceof ImapRequest)) {
      throw new IllegalStateException("James refuses: " + james());
    }
  }

  private byte[] octets() {
    return variants[turn()];
  }

  private int turn() {
    next = next + 1 == variants.length ? 0 : next + 1;
    return next;
  }

  /** Ours. */
  @Benchmark
  public Object posthorn() throws SyntaxException, Refused {
    return ours.parse(buffers[turn()].rewind());
  }

  /** James. */
  @Benchmark
  public Object james() {
    return james.decode(
        new ImapRequestStreamLineReader(
            new ByteArrayInputStream(octets()), OutputStream.nullOutputStream()),
        session);
  }

  /** GreenMail. */
  @Benchmark
  public Object greenMail() throws Throwable {
    return GreenMailGrammar.parse(
        new ImapRequestLineReader(
            new ByteArrayInputStream(octets()), OutputStream.nullOutputStream()));
  }

  /** The floor. */
  @Benchmark
  public int floor() {
    return OctetClasses.tokens(octets());
  }
}
