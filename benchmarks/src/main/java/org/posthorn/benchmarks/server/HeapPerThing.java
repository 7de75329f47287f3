package org.posthorn.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.store.Account;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Identity;
import org.posthorn.store.IndexingAppend;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.memory.MemoryStore;

/**
 * Live heap, after collections, of one more connection, login, selected mailbox and IDLE, in a
 * server of its own, and of one more message in the memory store, octets of bodies aside.
 */
public final class HeapPerThing {
  private static final int CONNECTIONS = 2_000;
  private static final int MESSAGES = 100_000;
  private static final int BODY = 600;
  private static final String ANSWERED = " OK";

  private HeapPerThing() {}

  /**
   * Prints what it measures.
   *
   * @param args number of connections and of messages, 2,000 and 100,000 unless given
   */
  public static void main(String[] args) throws Exception {
    int connections = args.length > 0 ? Integer.parseInt(args[0]) : CONNECTIONS;
    int messages = args.length > 1 ? Integer.parseInt(args[1]) : MESSAGES;
    for (String transport : List.of("jdk", "netty")) {
      connections(transport, connections);
    }
    messages(messages);
  }

  private static void connections(String transport, int count) throws Exception {
    Process server = IdleConnections.startServer(transport);
    try (Writer ask = server.outputWriter(StandardCharsets.US_ASCII);
        BufferedReader answers = server.inputReader(StandardCharsets.US_ASCII)) {
      InetSocketAddress address =
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), Integer.parseInt(answers.readLine()));
      try (SocketChannel first = opened(address)) {
        // Loads every class, and is there before and after.
        for (String command : List.of("a LOGIN bench x", "b SELECT INBOX")) {
          command(first, command, ANSWERED);
        }
        command(first, "c IDLE", "+ ");
        steps(transport, count, address, ask, answers);
      }
    } finally {
      server.waitFor();
    }
  }

  private static void steps(
      String transport, int count, InetSocketAddress address, Writer ask, BufferedReader answers)
      throws IOException {
    List<SocketChannel> open = new ArrayList<>(count);
    long heap = IdleConnections.usage(ask, answers)[0];
    while (open.size() < count) {
      open.add(opened(address));
    }
    heap = print(transport, "connection", count, heap, ask, answers);
    heap = step(transport, "login", "a LOGIN bench x", ANSWERED, open, heap, ask, answers);
    heap =
        step(transport, "selected mailbox", "b SELECT INBOX", ANSWERED, open, heap, ask, answers);
    step(transport, "IDLE", "c IDLE", "+ ", open, heap, ask, answers);
    for (SocketChannel channel : open) {
      channel.close();
    }
  }

  private static long step(
      String transport,
      String what,
      String command,
      String until,
      List<SocketChannel> open,
      long heap,
      Writer ask,
      BufferedReader answers)
      throws IOException {
    for (SocketChannel channel : open) {
      command(channel, command, until);
    }
    return print(transport, what, open.size(), heap, ask, answers);
  }

  private static long print(
      String transport, String what, int count, long before, Writer ask, BufferedReader answers)
      throws IOException {
    long heap = IdleConnections.usage(ask, answers)[0];
    print(transport + ", each " + what, (heap - before) / (double) count);
    return heap;
  }

  private static void print(String what, double octets) {
    System.out.printf(Locale.ROOT, "%-32s %8.0f octets of heap%n", what, octets);
  }

  private static SocketChannel opened(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    until(channel, ANSWERED);
    return channel;
  }

  private static void command(SocketChannel channel, String command, String until)
      throws IOException {
    channel.write(ByteBuffer.wrap((command + "\r\n").getBytes(StandardCharsets.US_ASCII)));
    until(channel, until.equals(ANSWERED) ? "\n" + command.charAt(0) + until : until);
  }

  private static void until(SocketChannel channel, String expected) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(4096);
    String text = "";
    while (!("\n" + text).contains(expected)) {
      if (channel.read(answer) < 0) {
        throw new IOException("server closed after: " + text);
      }
      text = StandardCharsets.US_ASCII.decode(answer.duplicate().flip()).toString();
    }
  }

  private static void messages(int count) throws StoreException {
    try (MemoryStore store = MemoryStore.withAccounts(IdleServer.USER);
        Account account = store.open(Identity.owner(IdleServer.USER))) {
      append(account, 1);
      long before = heap();
      append(account, count);
      long octets = (long) count * BODY;
      print("memory store, each message", (heap() - before - octets) / (double) count);
    }
  }

  /** Each from somebody else and about something else, so that nothing can be shared. */
  private static void append(Account account, int count) throws StoreException {
    for (int i = 0; i < count; i++) {
      String header =
          "From: User "
              + i
              + " <user"
              + i
              + "@example.org>\r\nTo: bench@example.net\r\nSubject: Report "
              + i
              + "\r\nDate: Sun, 22 Nov 2026 20:00:00 +0000\r\nMessage-ID: <"
              + i
              + "@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
      byte[] message =
          (header + "x".repeat(BODY - 2 - header.length()) + "\r\n")
              .getBytes(StandardCharsets.US_ASCII);
      try (AppendGroup group = account.beginAppend(MailboxName.INBOX, Optional.empty())) {
        IndexingAppend append = new IndexingAppend(group.next(AppendSpec.plain()));
        append.write(ByteBuffer.wrap(message));
        append.end();
        group.commit();
      }
    }
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
