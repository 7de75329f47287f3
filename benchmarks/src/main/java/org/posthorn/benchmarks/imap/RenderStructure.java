package org.posthorn.benchmarks.imap;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.posthorn.benchmarks.mime.Mails;
import org.posthorn.imap.fetch.EnvelopeWriter;
import org.posthorn.imap.fetch.StructureWriter;
import org.posthorn.imap.wire.ResponseEncoder;
import org.posthorn.mime.IndexFormatException;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Part;

/**
 * ENVELOPE and BODYSTRUCTURE of a message of 8 kB from its stored index: ns for one message, on
 * average of 400. The floor copies the octets of the answer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RenderStructure.MESSAGES)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RenderStructure {

  static final int MESSAGES = 400;

  private final MessageIndex[] indexes = new MessageIndex[MESSAGES];
  private final byte[][] stored = new byte[MESSAGES][];
  private final int[] lengths = new int[MESSAGES];
  private final ResponseEncoder out = new ResponseEncoder();
  private final byte[] answer = new byte[1 << 16];
  private final byte[] copy = new byte[1 << 16];

  /** Makes the indexes. */
  @Setup
  public void make() throws IOException {
    byte[][] mails = Mails.set("ordinary");
    for (int i = 0; i < MESSAGES; i++) {
      indexes[i] = MessageIndex.of(mails[i]);
      stored[i] = indexes[i].encode();
      envelope(indexes[i].root());
      new StructureWriter(out, true).write(indexes[i].root());
      lengths[i] = out.size();
      drain();
    }
  }

  private void envelope(Part root) {
    EnvelopeWriter.write(root, out);
  }

  private void drain() {
    out.drainTo(octets -> octets.get(answer, 0, octets.remaining()));
  }

  /** Both, from an index that is held. */
  @Benchmark
  public void envelopeAndStructure(Blackhole hole) {
    for (MessageIndex index : indexes) {
      Part root = index.root();
      envelope(root);
      new StructureWriter(out, true).write(root);
      drain();
    }
    hole.consume(answer);
  }

  /** Both, and before that the index is read from its stored form. */
  @Benchmark
  public void decodeAndRender(Blackhole hole) throws IndexFormatException {
    for (byte[] octets : stored) {
      Part root = MessageIndex.decode(octets).root();
      envelope(root);
      new StructureWriter(out, true).write(root);
      drain();
    }
    hole.consume(answer);
  }

  /** ENVELOPE alone. */
  @Benchmark
  public void envelope(Blackhole hole) {
    for (MessageIndex index : indexes) {
      envelope(index.root());
      drain();
    }
    hole.consume(answer);
  }

  /** The floor. */
  @Benchmark
  public void floor(Blackhole hole) {
    for (int length : lengths) {
      System.arraycopy(answer, 0, copy, 0, length);
      hole.consume(copy);
    }
  }
}
