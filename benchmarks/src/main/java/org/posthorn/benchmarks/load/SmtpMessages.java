package org.posthorn.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Messages over several sessions at once, each waiting for every reply. */
final class SmtpMessages implements Scenario {
  private static final int OCTETS = 1024;
  private static final int SESSIONS = 20;
  private static final byte[] DOT = ".\r\n".getBytes(StandardCharsets.US_ASCII);

  @Override
  public void run(Settings settings, Report report) throws IOException {
    int octets = settings.octets(OCTETS);
    int sessions = settings.connections(SESSIONS);
    String what = "SMTP " + (octets >= 1 << 20 ? (octets >> 20) + " MB" : (octets >> 10) + " kB");
    ByteBuffer mail = Mail.message(1, octets);
    ByteBuffer dotted = ByteBuffer.allocateDirect(octets + DOT.length).put(mail).put(DOT).flip();
    List<Smtp> clients = new ArrayList<>();
    try {
      for (int i = 0; i < sessions; i++) {
        clients.add(new Smtp(settings));
      }
      send(clients, dotted, settings.warmup(), new Histogram());
      Histogram times = new Histogram();
      report.cpu().reset();
      report.cpu().start();
      long start = System.nanoTime();
      send(clients, dotted, settings.seconds(), times);
      double seconds = (System.nanoTime() - start) / 1e9;
      report.cpu().stop();
      report.cpu(what, times.count());
      report.times(what, times);
      report.figure(what, "rate", times.count() / seconds, "messages/s");
    } finally {
      for (Smtp client : clients) {
        client.close();
      }
    }
  }

  private static void send(List<Smtp> clients, ByteBuffer dotted, double seconds, Histogram times)
      throws IOException {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<Thread> threads = new ArrayList<>();
    List<IOException> failures = new ArrayList<>();
    for (Smtp client : clients) {
      Thread thread = new Thread(() -> send(client, dotted, end, times));
      thread.setUncaughtExceptionHandler(
          (which, thrown) -> {
            synchronized (failures) {
              failures.add(new IOException(thrown));
            }
          });
      thread.start();
      threads.add(thread);
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private static void send(Smtp client, ByteBuffer dotted, long end, Histogram times) {
    try {
      do {
        long start = System.nanoTime();
        client.message(dotted.duplicate());
        times.add(System.nanoTime() - start);
      } while (System.nanoTime() < end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
