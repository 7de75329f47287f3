package org.posthorn.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posthorn.server.MailServer;
import org.posthorn.server.TlsMode;
import org.posthorn.smtp.BodyKind;
import org.posthorn.smtp.MailHandler;
import org.posthorn.smtp.MailParameters;
import org.posthorn.smtp.MessageSink;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.SmtpLimits;
import org.posthorn.smtp.SmtpPeer;
import org.posthorn.smtp.SmtpService;
import org.posthorn.smtp.Transaction;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.StoreException;

/**
 * Content reaches a handler in chunks. While it works on one nothing more is read from the socket,
 * and the client hears nothing before the handler has decided.
 */
class SlowHandlerTest {
  private static final int PIECE = 1 << 20;

  /** Far more than all buffers between a client and the handler. */
  private static final int PIECES = 48;

  private final CountDownLatch firstChunk = new CountDownLatch(1);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private final CountDownLatch atTheEnd = new CountDownLatch(1);
  private final CountDownLatch mayDecide = new CountDownLatch(1);
  private final AtomicLong octets = new AtomicLong();
  private final AtomicInteger largest = new AtomicInteger();

  /** Stands still at its first chunk, and again at the end. */
  private final class Slow implements MailHandler, Transaction, MessageSink {
    @Override
    public Transaction begin(SmtpPeer peer) {
      return this;
    }

    @Override
    public Verdict from(ReversePath sender, MailParameters parameters) {
      return Verdict.OK;
    }

    @Override
    public List<Verdict> recipients(List<Recipient> recipients) {
      return recipients.stream().map(one -> Verdict.OK).toList();
    }

    @Override
    public MessageSink body(BodyKind kind, OptionalLong declared) {
      return this;
    }

    @Override
    public void write(ByteBuffer chunk) throws StoreException {
      largest.accumulateAndGet(chunk.remaining(), Math::max);
      octets.addAndGet(chunk.remaining());
      chunk.position(chunk.limit());
      firstChunk.countDown();
      await(mayGoOn);
    }

    @Override
    public List<Verdict> finish() throws StoreException {
      atTheEnd.countDown();
      await(mayDecide);
      return List.of(new Verdict(250, "2.0.0", "took " + octets.get()));
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
  }

  private static void await(CountDownLatch latch) throws StoreException {
    try {
      if (!latch.await(TestServer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new StoreException(StoreException.Code.UNAVAILABLE, "nobody let the handler go on");
      }
    } catch (InterruptedException e) {
      throw new StoreException(StoreException.Code.CANCELLED, "interrupted");
    }
  }

  static Stream<Arguments> everywhere() {
    return Stream.of(Setup.Driver.values())
        .flatMap(driver -> Stream.of(false, true).map(chunked -> Arguments.of(driver, chunked)));
  }

  @ParameterizedTest(name = "{0}, BDAT: {1}")
  @MethodSource("everywhere")
  void stopsTheReadingOfTheSocket(Setup.Driver driver, boolean chunked) throws Exception {
    SmtpService service =
        SmtpService.mx("mx.example.org", new Slow())
            .limits(SmtpLimits.builder().messageOctets(1L << 30).build())
            .build();
    byte[] piece = ("x".repeat(62) + "\r\n").repeat(PIECE / 64).getBytes(StandardCharsets.US_ASCII);
    try (MailServer server =
            MailServer.builder()
                .transport(driver.transport())
                .listen("smtp", TestServer.HOST, 0, TlsMode.NONE, service)
                .start();
        OctetSocket socket = new OctetSocket(server.port("smtp"));
        OctetSocket other = new OctetSocket(server.port("smtp"))) {
      socket.line();
      socket.send("HELO client.example\r\n");
      socket.line();
      socket.send("MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\n");
      socket.line();
      socket.line();
      socket.send(chunked ? "BDAT " + (long) PIECE * PIECES + " LAST\r\n" : "DATA\r\n");
      if (!chunked) {
        assertTrue(socket.line().startsWith("354 "));
      }
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < PIECES; i++) {
                    socket.send(piece);
                  }
                  socket.send(chunked ? "" : ".\r\n");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertTrue(firstChunk.await(TestServer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
      long held = octets.get();
      assertThrows(TimeoutException.class, () -> sent.get(300, TimeUnit.MILLISECONDS));
      assertEquals(held, octets.get());
      assertTrue(other.line().startsWith("220 "), "others are served meanwhile");
      mayGoOn.countDown();
      sent.get(TestServer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      assertTrue(atTheEnd.await(TestServer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
      assertEquals(0, socket.in().available(), "an answer before the decision");
      assertFalse(sent.isCompletedExceptionally());
      mayDecide.countDown();
      assertEquals("250 2.0.0 took " + (long) PIECE * PIECES, socket.line());
      assertTrue(largest.get() <= 1 << 16, () -> "a chunk of " + largest);
    }
  }
}
