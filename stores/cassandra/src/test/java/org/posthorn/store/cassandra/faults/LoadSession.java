package org.posthorn.store.cassandra.faults;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.store.UidSet;

/** One client that does this and that until it is told to stop; what it did is recorded. */
final class LoadSession implements Runnable {
  static final List<String> MAILBOXES = List.of("box1", "box2", "box3");
  private static final int FULL = 60;
  private static final Pattern APPENDUID = Pattern.compile("\\[APPENDUID (\\d+) (\\d+)]");
  private static final Pattern COPYUID = Pattern.compile("\\[COPYUID \\d+ (\\S+) (\\S+)]");
  private static final Pattern LAWFUL = Pattern.compile("^NO \\[(?:EXPUNGEISSUED|MODIFIED)\\b");
  private static final Pattern MODIFIED = Pattern.compile("\\[MODIFIED (\\S+)]");

  private final Recorder recorder;
  private final String name;
  private final int port;
  private final Random random;
  private Client client;
  private volatile boolean stopping;
  private volatile Throwable failure;

  LoadSession(Recorder recorder, String name, int port, long seed) {
    this.recorder = recorder;
    this.name = name;
    this.port = port;
    this.random = new Random(seed);
  }

  void stop() {
    stopping = true;
  }

  /** What ended it before its time; null where nothing did. */
  Throwable failure() {
    return failure;
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        try {
          connect();
          step();
        } catch (Refusal e) {
          disconnect();
          pause(300);
        } catch (IOException e) {
          // No server dies: a BYE, an end or silence is a fault of ours.
          failure = e;
          disconnect();
          pause(300);
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void connect() throws IOException {
    if (client == null) {
      client = new Client(recorder, name, port);
    }
    if (client.mailbox().isEmpty()) {
      client.select(MAILBOXES.get(random.nextInt(MAILBOXES.size())));
    }
  }

  private void disconnect() {
    if (client != null) {
      try {
        client.close();
      } catch (IOException e) {
        failure = e;
      }
      client = null;
    }
  }

  private void step() throws IOException {
    int dice = random.nextInt(100);
    boolean full = client.uids().size() > FULL;
    if (client.uids().size() < 5 || (dice < 22 && !full)) {
      append();
    } else if (dice < 45) {
      store();
    } else if (dice < 52 && !full) {
      transfer("copy");
    } else if (dice < 68) {
      transfer("move");
    } else if (dice < 84) {
      expunge();
    } else if (dice < 90) {
      client.command("NOOP");
    } else if (dice < 95) {
      client.idle(200 + random.nextInt(800));
    } else {
      client.select(MAILBOXES.get(random.nextInt(MAILBOXES.size())));
    }
    pause(random.nextInt(40));
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(millis * 1_000_000L);
  }

  /** What one change makes of its answer. */
  private interface Told {
    void record(long start, long end, Event.Result result, String answer);
  }

  private String change(String command, Told told) throws IOException {
    long start = recorder.now();
    String answer;
    try {
      answer = client.command(command);
    } catch (IOException e) {
      told.record(start, recorder.now(), Event.Result.UNKNOWN, "");
      throw e;
    }
    if (answer.startsWith("BAD")) {
      throw new IllegalStateException(command + ": " + answer);
    }
    boolean done = answer.startsWith("OK");
    told.record(start, recorder.now(), result(answer), answer);
    if (!done) {
      recorder.refused(answer);
      pause(200);
    }
    return answer;
  }

  /** Any other refusal than these would be one of the store. */
  private static Event.Result result(String answer) {
    if (answer.startsWith("OK")) {
      return Event.Result.OK;
    }
    return LAWFUL.matcher(answer).find() ? Event.Result.NO : Event.Result.UNAVAILABLE;
  }

  private void append() throws IOException {
    String mailbox =
        random.nextInt(4) > 0 ? client.mailbox() : MAILBOXES.get(random.nextInt(MAILBOXES.size()));
    long message = recorder.nextMessage();
    String octets = SentMessage.octets(message);
    change(
        "APPEND "
            + mailbox
            + " \""
            + SentMessage.internalDate(message)
            + "\" {"
            + octets.length()
            + "+}\r\n"
            + octets,
        (start, end, result, answer) -> {
          Matcher uid = APPENDUID.matcher(answer);
          boolean there = uid.find();
          recorder.add(
              new Event.Append(
                  name,
                  start,
                  end,
                  result,
                  mailbox,
                  message,
                  there ? Long.parseLong(uid.group(1)) : 0,
                  there ? Long.parseLong(uid.group(2)) : 0));
        });
  }

  private UidSet some() {
    List<Long> all = client.uids();
    UidSet.Builder some = UidSet.builder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      some.add(all.get(random.nextInt(all.size())));
    }
    return some.build();
  }

  private void store() throws IOException {
    UidSet uids = some();
    String mailbox = client.mailbox();
    String keyword = (random.nextBoolean() ? "+" : "-") + "$" + name;
    String unchanged =
        random.nextInt(3) == 0
            ? " (UNCHANGEDSINCE " + Math.max(1, client.modSeq(uids.first())) + ")"
            : "";
    change(
        "UID STORE "
            + uids
            + unchanged
            + " "
            + keyword.charAt(0)
            + "FLAGS ("
            + keyword.substring(1)
            + ")",
        (start, end, result, answer) -> {
          Matcher modified = MODIFIED.matcher(answer);
          UidSet kept = modified.find() ? UidSet.parse(modified.group(1)) : UidSet.EMPTY;
          recorder.add(
              new Event.Store(name, start, end, result, mailbox, uids.minus(kept), keyword));
        });
  }

  private void transfer(String verb) throws IOException {
    UidSet uids = some();
    String from = client.mailbox();
    int other = random.nextInt(MAILBOXES.size());
    String to = MAILBOXES.get(other);
    change(
        "UID " + verb + " " + uids + " " + to,
        (start, end, result, answer) -> {
          Matcher pairs = COPYUID.matcher(answer);
          boolean there = pairs.find();
          recorder.add(
              new Event.Transfer(
                  verb,
                  name,
                  start,
                  end,
                  result,
                  from,
                  uids,
                  to,
                  there ? UidSet.parse(pairs.group(1)) : UidSet.EMPTY,
                  there ? UidSet.parse(pairs.group(2)) : UidSet.EMPTY));
        });
  }

  /** Only what was surely marked as deleted is surely expunged. */
  private void expunge() throws IOException {
    UidSet uids = some();
    String mailbox = client.mailbox();
    String marked = client.command("UID STORE " + uids + " +FLAGS (\\Deleted)");
    if (!marked.startsWith("OK")) {
      pause(200);
      return;
    }
    change(
        "UID EXPUNGE " + uids,
        (start, end, result, answer) ->
            recorder.add(new Event.Expunge(name, start, end, result, mailbox, uids)));
  }

  /** When nothing changes any more: hears of the rest and says what it has. */
  void finish() throws IOException {
    try {
      connect();
      String answer = client.command("NOOP");
      if (!answer.startsWith("OK")) {
        throw new IOException(answer);
      }
      client.view();
    } finally {
      disconnect();
    }
  }
}
