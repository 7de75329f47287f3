package org.posthorn.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Sessions in IDLE, all watched by one selector. */
final class IdleSessions implements Closeable {
  private static final byte[] EXISTS = " EXISTS\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Settings settings;
  private final Selector selector = Selector.open();
  private final Map<String, Integer> sessions = new HashMap<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(8192);
  private String expected = "";
  private long since;
  private long missing;
  private long round;
  private Histogram times = new Histogram();

  private static final class Session {
    private final String user;
    private long heard;

    Session(String user) {
      this.user = user;
    }
  }

  IdleSessions(Settings settings) throws IOException {
    this.settings = settings;
  }

  int sessions(String user) {
    return sessions.getOrDefault(user, 0);
  }

  /** Opens more sessions, one after the other. */
  void open(String user, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(settings.host(), settings.imapPort()));
      exchange(channel, "a LOGIN " + user + " " + settings.password() + "\r\n", "a OK");
      exchange(channel, "b SELECT INBOX\r\n", "b OK");
      exchange(channel, "c IDLE\r\n", "+ ");
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Session(user));
    }
    sessions.merge(user, count, Integer::sum);
  }

  private void exchange(SocketChannel channel, String command, String expect) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(command.getBytes(StandardCharsets.US_ASCII));
    while (out.hasRemaining()) {
      channel.write(out);
    }
    String text = "";
    in.clear();
    while (!text.startsWith(expect) && !text.contains("\n" + expect)) {
      if (channel.read(in) < 0) {
        throw new IOException("closed after: " + text);
      }
      text = StandardCharsets.ISO_8859_1.decode(in.duplicate().flip()).toString();
    }
  }

  /** Every session of a user will hear of a message. */
  void expect(String user, long nanoTime, Histogram into) {
    expected = user;
    since = nanoTime;
    times = into;
    missing = sessions(user);
    round++;
  }

  /** Reads until all have heard of it. */
  void awaitNotices(long nanos) throws IOException {
    long deadline = System.nanoTime() + nanos;
    while (missing > 0) {
      selector.select(this::heard, TimeUnit.NANOSECONDS.toMillis(nanos));
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(missing + " sessions were not told");
      }
    }
  }

  private void heard(SelectionKey key) {
    Session session = (Session) key.attachment();
    try {
      in.clear();
      if (((SocketChannel) key.channel()).read(in) < 0) {
        throw new IOException("an idle session was closed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (session.heard != round && session.user.equals(expected) && tellsOfMail(in.flip())) {
      session.heard = round;
      missing--;
      times.add(System.nanoTime() - since);
    }
  }

  private static boolean tellsOfMail(ByteBuffer answer) {
    for (int at = 0; at + EXISTS.length <= answer.limit(); at++) {
      if (answer.get(at) == ' '
          && answer.slice(at, EXISTS.length).equals(ByteBuffer.wrap(EXISTS))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
