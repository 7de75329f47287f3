package org.posthorn.benchmarks.imap;

import com.icegreen.greenmail.imap.commands.CommandParser;
import com.icegreen.greenmail.imap.commands.IdRange;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestStreamLineReader;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.posthorn.imap.wire.CommandReader;
import org.posthorn.imap.wire.MessageSet;
import org.posthorn.imap.wire.SyntaxException;
import org.posthorn.store.UidSet;

/**
 * A set of 200 ranges: ns to read it, and ns to find which of 100,000 messages it names, whose UIDs
 * have 1,000 gaps.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SetBenchmark {
  private static final int RANGES = 200;
  private static final int MESSAGES = 100_000;
  private static final int RUN = 100;

  private final CommandParser greenMail = new CommandParser();
  private byte[] text = {};
  private @Nullable MessageSet set;
  private UidSet view = UidSet.EMPTY;
  private long[] uids = {};
  private long[] bounds = {};
  private IdRange[] ranges = {};

  /** Makes set and view. */
  @Setup
  public void make() throws Exception {
    SplittableRandom random = new SplittableRandom(6);
    StringBuilder written = new StringBuilder();
    bounds = new long[2 * RANGES];
    long uid = 1;
    for (int i = 0; i < RANGES; i++) {
      uid += random.nextInt(300) + 2;
      bounds[2 * i] = uid;
      written.append(i == 0 ? "" : ",").append(uid).append(':');
      uid += random.nextInt(200) + 1;
      bounds[2 * i + 1] = uid;
      written.append(uid);
    }
    text = written.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    uids = new long[MESSAGES];
    for (int i = 0; i < MESSAGES; i++) {
      uids[i] = 1L + i + i / RUN;
    }
    view = UidSet.of(uids);
    set = parsePosthorn();
    ranges = parseGreenMail();
  }

  /** The floor: each octet's digit added up. */
  @Benchmark
  public long parseFloor() {
    long numbers = 0;
    long number = 0;
    for (byte octet : text) {
      if (octet >= '0') {
        number = number * 10 + octet;
      } else {
        numbers ^= number;
        number = 0;
      }
    }
    return numbers;
  }

  /** Ours. */
  @Benchmark
  public MessageSet parsePosthorn() throws SyntaxException {
    return new CommandReader(text, 0, text.length - 2).expectMessageSet();
  }

  /** James. */
  @Benchmark
  public Object parseJames() throws DecodingException {
    return new ImapRequestStreamLineReader(
            new ByteArrayInputStream(text), OutputStream.nullOutputStream())
        .parseIdRange();
  }

  /** GreenMail. */
  @Benchmark
  public IdRange[] parseGreenMail() throws Exception {
    return greenMail.parseIdRange(
        new com.icegreen.greenmail.imap.ImapRequestLineReader(
            new ByteArrayInputStream(text), OutputStream.nullOutputStream()));
  }

  /** The floor: both lists of ranges gone through side by side, what is common counted. */
  @Benchmark
  public long intersectFloor() {
    long common = 0;
    int j = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      long first = bounds[i];
      long last = bounds[i + 1];
      while (j < view.rangeCount() && view.rangeLast(j) < first) {
        j++;
      }
      for (int k = j; k < view.rangeCount() && view.rangeFirst(k) <= last; k++) {
        common += Math.min(last, view.rangeLast(k)) - Math.max(first, view.rangeFirst(k)) + 1;
      }
    }
    return common;
  }

  /** Ours: what a UID command does. */
  @Benchmark
  public UidSet intersectPosthorn() {
    return Objects.requireNonNull(set).byUid(view);
  }

  /** GreenMail: each UID is looked for in the set. */
  @Benchmark
  public int intersectGreenMail() {
    int common = 0;
    for (long uid : uids) {
      common += IdRange.containsUid(ranges, uid) ? 1 : 0;
    }
    return common;
  }
}
