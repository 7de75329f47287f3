package org.posthorn.benchmarks.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.parser.AbstractContentHandler;
import org.apache.james.mime4j.parser.MimeStreamParser;
import org.apache.james.mime4j.stream.MimeConfig;
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
import org.openjdk.jmh.infra.Blackhole;
import org.posthorn.mime.MessageIndex;

/**
 * The structure of messages: µs for all messages of a set, beside a loop that counts line feeds
 * over the same octets and does nothing else.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StructureBenchmark {

  /** A {@linkplain Mails#set set of messages}. */
  @Param({"ordinary", "big", "parts", "header", "deep60", "deep120", "corpus"})
  public String set = "ordinary";

  private byte[][] mails = {};
  private MimeConfig config = MimeConfig.PERMISSIVE;
  private Session session = Session.getInstance(new Properties());

  /** Makes the messages. */
  @Setup
  public void make() throws IOException {
    mails = Mails.set(set);
    config =
        new MimeConfig.Builder()
            .setMaxLineLen(-1)
            .setMaxHeaderLen(-1)
            .setMaxHeaderCount(-1)
            .setMaxContentLen(-1)
            .build();
    session = Session.getInstance(new Properties());
    long octets = 0;
    for (byte[] mail : mails) {
      octets += mail.length;
    }
    System.out.println("# " + set + ": " + octets + " octets");
  }

  /** The floor. */
  @Benchmark
  public long floor() {
    long lines = 0;
    for (byte[] mail : mails) {
      lines += Floor.lineFeeds(mail);
    }
    return lines;
  }

  /** Ours: the whole index, envelope included. */
  @Benchmark
  public void posthorn(Blackhole hole) {
    for (byte[] mail : mails) {
      hole.consume(MessageIndex.of(mail));
    }
  }

  /** mime4j's event parser, with a handler that takes no notice. */
  @Benchmark
  public void mime4jRaw(Blackhole hole) throws MimeException, IOException {
    for (byte[] mail : mails) {
      MimeStreamParser parser = new MimeStreamParser(config);
      parser.setContentHandler(new AbstractContentHandler() {});
      parser.parse(new ByteArrayInputStream(mail));
      hole.consume(parser);
    }
  }

  /** Angus Mail: all multiparts opened. */
  @Benchmark
  public void angus(Blackhole hole) throws MessagingException, IOException {
    for (byte[] mail : mails) {
      MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(mail));
      hole.consume(count(message.getContent()));
    }
  }

  private static int count(Object content) throws MessagingException, IOException {
    if (content instanceof MimeMessage message) {
      return count(message.getContent());
    }
    if (!(content instanceof MimeMultipart multipart)) {
      return 1;
    }
    int parts = 0;
    for (int i = 0; i < multipart.getCount(); i++) {
      if (multipart.getBodyPart(i).isMimeType("multipart/*")
          || multipart.getBodyPart(i).isMimeType("message/rfc822")) {
        parts += count(multipart.getBodyPart(i).getContent());
      } else {
        parts++;
      }
    }
    return parts;
  }
}
