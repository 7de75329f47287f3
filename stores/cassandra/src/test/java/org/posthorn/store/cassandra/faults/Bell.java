package org.posthorn.store.cassandra.faults;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One session changes a mailbox, the other idles at it through the other server: how long? */
final class Bell implements AutoCloseable {
  private static final Pattern EXISTS = Pattern.compile("\\* (\\d+) EXISTS");
  private static final long LONGEST_MICROS = 30_000_000;

  private final Recorder recorder;
  private final String mailbox;
  private final int tellingPort;
  private final int listeningPort;
  private final Thread teller = new Thread(this::tell, "bell");
  private final Thread listener = new Thread(this::listen, "bell-listener");
  private volatile boolean stopping;
  private volatile long heard;
  private volatile long heardAt;
  private volatile Throwable failure;

  Bell(Recorder recorder, String mailbox, int tellingPort, int listeningPort) {
    this.recorder = recorder;
    this.mailbox = mailbox;
    this.tellingPort = tellingPort;
    this.listeningPort = listeningPort;
  }

  /** How a connection ended that was to last; null where none did. */
  Throwable failure() {
    return failure;
  }

  void start() {
    listener.start();
    teller.start();
  }

  private static Wire login(int port) throws IOException {
    Wire wire = new Wire(port);
    String answer = wire.command("LOGIN soak soak", line -> {});
    if (!answer.startsWith("OK")) {
      wire.close();
      throw new Refusal(answer);
    }
    return wire;
  }

  private void listen() {
    while (!stopping) {
      try (Wire wire = login(listeningPort)) {
        if (!wire.command("EXAMINE " + mailbox, this::hear).startsWith("OK")) {
          continue;
        }
        while (!stopping) {
          wire.idle(this::hear, 20_000);
        }
      } catch (Refusal e) {
        LockSupport.parkNanos(300_000_000);
      } catch (IOException e) {
        failure = e;
        LockSupport.parkNanos(300_000_000);
      }
    }
  }

  private void hear(String line) {
    Matcher matcher = EXISTS.matcher(line);
    if (matcher.matches()) {
      heardAt = recorder.now();
      heard = Long.parseLong(matcher.group(1));
    }
  }

  private void tell() {
    while (!stopping) {
      try (Wire wire = login(tellingPort)) {
        long count = -1;
        while (!stopping) {
          count = count < 0 ? count(wire) : ring(wire, count);
          LockSupport.parkNanos(250_000_000);
        }
      } catch (Refusal e) {
        LockSupport.parkNanos(300_000_000);
      } catch (IOException e) {
        failure = e;
        LockSupport.parkNanos(300_000_000);
      }
    }
  }

  /** How many messages there are; -1 where nobody says. */
  private long count(Wire wire) throws IOException {
    long[] count = {-1};
    wire.command(
        "STATUS " + mailbox + " (MESSAGES)",
        line -> {
          if (line.startsWith("* STATUS")) {
            count[0] = Long.parseLong(line.replaceAll("\\D+$", "").replaceAll(".*\\D", ""));
          }
        });
    return count[0];
  }

  /** One more message; a change that was not acknowledged is not measured. */
  private long ring(Wire wire, long count) throws IOException {
    String during = recorder.during();
    if (!wire.command("APPEND " + mailbox + " {4+}\r\n\r\n\r\n", line -> {}).startsWith("OK")) {
      return -1;
    }
    long done = recorder.now();
    while (heard <= count && recorder.now() - done < LONGEST_MICROS && !stopping) {
      LockSupport.parkNanos(1_000_000);
    }
    if (heard > count || !stopping) {
      long micros = heard > count ? Math.max(0, heardAt - done) : LONGEST_MICROS;
      recorder.add(
          new Event.Hint(done, micros, during.equals(recorder.during()) ? during : "change"));
    }
    return count + 1;
  }

  @Override
  public void close() {
    stopping = true;
    try {
      teller.join(60_000);
      listener.join(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
