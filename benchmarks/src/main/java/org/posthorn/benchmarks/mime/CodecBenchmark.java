package org.posthorn.benchmarks.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.net.QuotedPrintableCodec;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
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
import org.posthorn.mime.Base64Decoder;
import org.posthorn.mime.Base64Encoder;
import org.posthorn.mime.ContentCodec;
import org.posthorn.mime.QuotedPrintableDecoder;
import org.posthorn.mime.QuotedPrintableEncoder;

/** Base64 and quoted-printable of 1 MB, and of 15 MB as in an attachment: µs for all of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {

  /** How many MB the contents have. */
  @Param({"1", "15"})
  public int megabytes = 1;

  private byte[] base64 = {};
  private byte[] quotedPrintable = {};
  private byte[] plain = {};
  private byte[] text = {};
  private final byte[] target = new byte[1 << 16];

  /** Makes the contents. */
  @Setup
  public void make() {
    base64 = Mails.base64(megabytes << 20);
    quotedPrintable = Mails.quotedPrintable(megabytes << 20);
    plain = Base64.getMimeDecoder().decode(base64);
    text = convert(new QuotedPrintableDecoder(), quotedPrintable);
  }

  private static byte[] convert(ContentCodec codec, byte[] octets) {
    ByteBuffer out = ByteBuffer.allocate(octets.length * 2 + 100);
    codec.convert(ByteBuffer.wrap(octets), out);
    codec.finish(out);
    byte[] converted = new byte[out.flip().remaining()];
    out.get(converted);
    return converted;
  }

  private long run(ContentCodec codec, byte[] octets) {
    ByteBuffer in = ByteBuffer.wrap(octets);
    ByteBuffer out = ByteBuffer.wrap(target);
    long count = 0;
    while (in.hasRemaining()) {
      out.clear();
      codec.convert(in, out);
      count += out.position();
    }
    out.clear();
    codec.finish(out);
    return count + out.position();
  }

  private long drain(InputStream in) throws IOException {
    long count = 0;
    for (int n = in.read(target); n >= 0; n = in.read(target)) {
      count += n;
    }
    return count;
  }

  /** The floor of the base64 rows. */
  @Benchmark
  public long base64Floor() {
    return Floor.lineFeeds(base64);
  }

  /** Ours. */
  @Benchmark
  public long base64DecodePosthorn() {
    return run(new Base64Decoder(), base64);
  }

  /** The JDK's, into a new array. */
  @Benchmark
  public byte[] base64DecodeJdk() {
    return Base64.getMimeDecoder().decode(base64);
  }

  /** mime4j's stream. */
  @Benchmark
  public long base64DecodeMime4j() throws IOException {
    try (InputStream in = new Base64InputStream(new ByteArrayInputStream(base64))) {
      return drain(in);
    }
  }

  /** Ours. */
  @Benchmark
  public long base64EncodePosthorn() {
    return run(new Base64Encoder(), plain);
  }

  /** The JDK's, into a new array. */
  @Benchmark
  public byte[] base64EncodeJdk() {
    return Base64.getMimeEncoder().encode(plain);
  }

  /** The floor of the quoted-printable rows. */
  @Benchmark
  public long quotedPrintableFloor() {
    return Floor.lineFeeds(quotedPrintable);
  }

  /** Ours. */
  @Benchmark
  public long quotedPrintableDecodePosthorn() {
    return run(new QuotedPrintableDecoder(), quotedPrintable);
  }

  /** commons-codec's, into a new array. */
  @Benchmark
  public byte[] quotedPrintableDecodeCommons() throws DecoderException {
    return QuotedPrintableCodec.decodeQuotedPrintable(quotedPrintable);
  }

  /** mime4j's stream. */
  @Benchmark
  public long quotedPrintableDecodeMime4j() throws IOException {
    InputStream encoded = new ByteArrayInputStream(quotedPrintable);
    try (InputStream in = new QuotedPrintableInputStream(encoded, DecodeMonitor.SILENT)) {
      return drain(in);
    }
  }

  /** Ours. */
  @Benchmark
  public long quotedPrintableEncodePosthorn() {
    return run(QuotedPrintableEncoder.ofText(), text);
  }
}
