package org.posthorn.benchmarks.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
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
import org.posthorn.mime.ContentCodec;
import org.posthorn.mime.DecodedContent;
import org.posthorn.mime.Envelope;
import org.posthorn.mime.MessageIndex;
import org.posthorn.mime.Part;

/**
 * Envelope, tree, and all leaves decoded: µs for all messages of a set. The set {@code headers} is
 * about the header alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecodeBenchmark {

  /** A {@linkplain Mails#set set of messages}. */
  @Param({"ordinary", "headers", "big", "parts", "header", "corpus"})
  public String set = "ordinary";

  private byte[][] mails = {};
  private final byte[] decoded = new byte[1 << 16];
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
  }

  /** Ours. */
  @Benchmark
  public void posthorn(Blackhole hole) {
    for (byte[] mail : mails) {
      MessageIndex index = MessageIndex.of(mail);
      Part root = index.root();
      Envelope envelope = root.envelope();
      hole.consume(envelope);
      leaves(root, mail, hole);
    }
  }

  private void leaves(Part part, byte[] mail, Blackhole hole) {
    if (part.kind() != Part.Kind.SINGLE) {
      for (Part child : part.children()) {
        leaves(child, mail, hole);
      }
      return;
    }
    ContentCodec codec = DecodedContent.octets(part);
    int from = (int) part.bodyStart();
    ByteBuffer in = ByteBuffer.wrap(mail, from, (int) part.end() - from);
    ByteBuffer out = ByteBuffer.wrap(decoded);
    while (in.hasRemaining()) {
      out.clear();
      codec.convert(in, out);
    }
    codec.finish(out);
    hole.consume(out.position());
  }

  /** mime4j's DOM. */
  @Benchmark
  public void mime4jDom(Blackhole hole) throws IOException {
    DefaultMessageBuilder builder = new DefaultMessageBuilder();
    builder.setMimeEntityConfig(config);
    for (byte[] mail : mails) {
      Message message = builder.parseMessage(new ByteArrayInputStream(mail));
      hole.consume(message.getSubject());
      hole.consume(message.getDate());
      hole.consume(message.getMessageId());
      hole.consume(message.getFrom());
      hole.consume(message.getSender());
      hole.consume(message.getReplyTo());
      hole.consume(message.getTo());
      hole.consume(message.getCc());
      hole.consume(message.getBcc());
      leaves(message, hole);
      message.dispose();
    }
  }

  private void leaves(Entity entity, Blackhole hole) throws IOException {
    Body body = entity.getBody();
    if (body instanceof org.apache.james.mime4j.dom.Multipart multipart) {
      for (Entity child : multipart.getBodyParts()) {
        leaves(child, hole);
      }
    } else if (body instanceof Message message) {
      leaves(message, hole);
    } else if (body instanceof SingleBody single) {
      try (InputStream in = single.getInputStream()) {
        drain(in, hole);
      }
    }
  }

  /** Angus Mail. */
  @Benchmark
  public void angus(Blackhole hole) throws MessagingException, IOException {
    for (byte[] mail : mails) {
      MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(mail));
      try {
        hole.consume(message.getSubject());
        hole.consume(message.getSentDate());
        hole.consume(message.getMessageID());
        hole.consume(message.getFrom());
        hole.consume(message.getReplyTo());
        hole.consume(message.getAllRecipients());
        leaves(message, hole);
      } catch (MessagingException | IOException e) {
        // Real mail has what Angus Mail refuses; the time until then counts.
        hole.consume(e);
      }
    }
  }

  private void leaves(jakarta.mail.Part part, Blackhole hole)
      throws MessagingException, IOException {
    if (part.isMimeType("multipart/*")) {
      Multipart multipart = (Multipart) part.getContent();
      for (int i = 0; i < multipart.getCount(); i++) {
        leaves(multipart.getBodyPart(i), hole);
      }
    } else if (part.isMimeType("message/rfc822")) {
      leaves((jakarta.mail.Part) part.getContent(), hole);
    } else {
      try (InputStream in = part.getInputStream()) {
        drain(in, hole);
      }
    }
  }

  private void drain(InputStream in, Blackhole hole) throws IOException {
    int count = 0;
    for (int n = in.read(decoded); n >= 0; n = in.read(decoded)) {
      count += n;
    }
    hole.consume(count);
  }
}
