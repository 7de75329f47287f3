package org.posthorn.benchmarks.smtp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;
import org.posthorn.benchmarks.mime.Floor;
import org.posthorn.benchmarks.mime.Mails;
import org.posthorn.pop3.StuffedContent;
import org.posthorn.smtp.DataContent;
import org.subethamail.smtp.internal.io.DotTerminatedInputStream;
import org.subethamail.smtp.internal.io.DotUnstuffingInputStream;
import org.subethamail.smtp.internal.io.ExtraDotOutputStream;

/**
 * Dots at the beginnings of lines: µs for 400 messages of 8 kB, of which every tenth line begins
 * with a dot. SMTP finds the end of DATA and takes dots away, POP3 puts them there.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DotBenchmark {
  private final DataContent ours = new DataContent();
  private final StuffedContent stuffed = new StuffedContent();
  private final byte[] buffer = new byte[64 << 10];
  private byte[][] plain = {};
  private byte[][] sent = {};

  /** Makes the messages. */
  @Setup
  public void make() throws IOException {
    plain = Mails.set("ordinary");
    sent = new byte[plain.length][];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = dotted(plain[i]);
      sent[i] = inData(plain[i]);
    }
  }

  private static byte[] dotted(byte[] mail) {
    byte[] dotted = mail.clone();
    int lines = 0;
    for (int i = 1; i < dotted.length; i++) {
      if (dotted[i - 1] == '\n' && dotted[i] >= 'a' && ++lines % 10 == 0) {
        dotted[i] = '.';
      }
    }
    return dotted;
  }

  private static byte[] inData(byte[] mail) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (int i = 0; i < mail.length; i++) {
      if (mail[i] == '.' && (i == 0 || mail[i - 1] == '\n')) {
        data.write('.');
      }
      data.write(mail[i]);
    }
    data.writeBytes(new byte[] {'.', '\r', '\n'});
    return data.toByteArray();
  }

  /** How many octets the messages have. */
  public double octets() {
    double octets = 0;
    for (byte[] mail : sent) {
      octets += mail.length;
    }
    return octets;
  }

  /** The floor: line feeds counted. */
  @Benchmark
  public long floor() {
    long lines = 0;
    for (byte[] mail : sent) {
      lines += Floor.lineFeeds(mail);
    }
    return lines;
  }

  /** Ours, SMTP. */
  @Benchmark
  public void dataPosthorn(Blackhole hole) {
    for (byte[] mail : sent) {
      hole.consume(ours.read(ByteBuffer.wrap(mail)));
    }
  }

  /** SubEthaSMTP's streams, read into a buffer. */
  @Benchmark
  public void dataSubEtha(Blackhole hole) throws IOException {
    for (byte[] mail : sent) {
      InputStream content =
          new DotUnstuffingInputStream(
              new DotTerminatedInputStream(new ByteArrayInputStream(mail)));
      long octets = 0;
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        octets += n;
      }
      hole.consume(octets);
    }
  }

  /** Ours, POP3. */
  @Benchmark
  public void stuffPosthorn(Blackhole hole) {
    for (byte[] mail : plain) {
      hole.consume(stuffed.stuff(mail));
    }
  }

  /** SubEthaSMTP's stream for sending. */
  @Benchmark
  public void stuffSubEtha(Blackhole hole) throws IOException {
    OutputStream out = new ExtraDotOutputStream(OutputStream.nullOutputStream());
    for (byte[] mail : plain) {
      out.write(mail);
    }
    hole.consume(out);
  }
}
