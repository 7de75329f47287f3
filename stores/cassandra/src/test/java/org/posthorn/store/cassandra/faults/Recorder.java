package org.posthorn.store.cassandra.faults;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Writes the history down as it happens, and keeps it. Thread-safe. */
final class Recorder implements AutoCloseable {
  private final long start = System.nanoTime();
  private final PrintWriter file;
  private final List<Event> events = new ArrayList<>();
  private final AtomicLong messages = new AtomicLong();
  private final Map<String, Integer> refusals = new TreeMap<>();
  private String during = "quiet";

  Recorder(Path path) throws IOException {
    file = new PrintWriter(Files.newBufferedWriter(path));
    file.println("# A history of mail under faults; the format is that of Event.");
  }

  /** Microseconds since the start. */
  long now() {
    return (System.nanoTime() - start) / 1_000;
  }

  /** The number of a new message. */
  long nextMessage() {
    return messages.incrementAndGet();
  }

  synchronized void add(Event event) {
    events.add(event);
    file.println(event.line());
  }

  synchronized void fault(String what, String node) {
    during = what;
    add(new Event.Fault(now(), what, node));
    System.out.printf("%6.1f s %s %s%n", now() / 1e6, what, node);
    file.flush();
  }

  /** A command was refused, with this answer. */
  synchronized void refused(String answer) {
    refusals.merge(answer, 1, Integer::sum);
  }

  /** How often what was answered. */
  synchronized Map<String, Integer> refusals() {
    return new TreeMap<>(refusals);
  }

  /** The fault of the moment. */
  synchronized String during() {
    return during;
  }

  synchronized List<Event> events() {
    return List.copyOf(events);
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
    if (file.checkError()) {
      throw new IOException("the history was not written");
    }
  }
}
