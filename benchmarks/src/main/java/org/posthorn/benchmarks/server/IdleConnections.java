package org.posthorn.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Heap of a server for each idle IMAP session: logged in, INBOX selected, in IDLE. The server runs
 * in a process of its own at {@code -Xmx512m}; both ends are on this machine, so {@code ulimit -n}
 * must allow the number of connections in each process.
 */
public final class IdleConnections {
  private static final String SERVER_HEAP = "-Xmx512m";
  private static final int DEFAULT_COUNT = 10_000;
  private static final byte[] TO_SELECTED =
      "a LOGIN bench x\r\nb SELECT INBOX\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TO_IDLE = "c IDLE\r\n".getBytes(StandardCharsets.US_ASCII);

  private IdleConnections() {}

  /**
   * Prints what it measures.
   *
   * @param args number of connections (10000 unless given), transport (netty unless given, or jdk)
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_COUNT;
    String transport = args.length > 1 ? args[1] : "netty";
    Process server = startServer(transport);
    try (Writer ask = server.outputWriter(StandardCharsets.US_ASCII);
        BufferedReader answers = server.inputReader(StandardCharsets.US_ASCII)) {
      measure(count, transport, ask, answers);
    } finally {
      server.waitFor();
    }
  }

  private static void measure(int count, String transport, Writer ask, BufferedReader answers)
      throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(), Integer.parseInt(answers.readLine()));
    List<SocketChannel> sessions = new ArrayList<>(count);
    sessions.add(idle(address)); // loads every class
    long[] before = usage(ask, answers);
    long start = System.nanoTime();
    while (sessions.size() <= count) {
      sessions.add(idle(address));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long[] after = usage(ask, answers);
    System.out.printf(
        "%s: %d idle IMAP sessions held at %s, opened in %.1f s%n",
        transport, after[2], SERVER_HEAP, seconds);
    System.out.printf(
        "heap per idle session: %d octets (%.1f MiB in all); direct memory %.1f MiB%n",
        (after[0] - before[0]) / count, after[0] / 1048576.0, after[1] / 1048576.0);
    for (SocketChannel session : sessions) {
      session.close();
    }
  }

  static Process startServer(String transport) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            SERVER_HEAP,
            "-cp",
            System.getProperty("java.class.path"),
            IdleServer.class.getName(),
            transport)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Heap, direct memory, connections. */
  static long[] usage(Writer ask, BufferedReader answers) throws IOException {
    ask.write("\n");
    ask.flush();
    String[] words = answers.readLine().split(" ", -1);
    return new long[] {
      Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])
    };
  }

  private static SocketChannel idle(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    ByteBuffer answer = ByteBuffer.allocate(4096);
    channel.write(ByteBuffer.wrap(TO_SELECTED));
    until(channel, answer, "b OK");
    channel.write(ByteBuffer.wrap(TO_IDLE));
    until(channel, answer.clear(), "+ ");
    return channel;
  }

  private static void until(SocketChannel channel, ByteBuffer answer, String expected)
      throws IOException {
    String text = "";
    while (!text.startsWith(expected) && !text.contains("\n" + expected)) {
      if (channel.read(answer) < 0) {
        throw new UncheckedIOException(new IOException("server closed after: " + text));
      }
      text = StandardCharsets.US_ASCII.decode(answer.duplicate().flip()).toString();
    }
  }
}
