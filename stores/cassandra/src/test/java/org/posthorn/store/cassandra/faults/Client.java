package org.posthorn.store.cassandra.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.store.UidSet;

/**
 * A client that believes what the server tells it and asks for nothing twice, with QRESYNC. What it
 * is told goes into the history. Used by one thread.
 */
final class Client implements AutoCloseable {
  private static final Pattern EXISTS = Pattern.compile("\\* (\\d+) EXISTS");
  private static final Pattern VANISHED = Pattern.compile("\\* VANISHED (?:\\(EARLIER\\) )?(\\S+)");
  private static final Pattern FETCH = Pattern.compile("\\* (\\d+) FETCH \\((.*)", Pattern.DOTALL);
  private static final Pattern UID = Pattern.compile("\\bUID (\\d+)");
  private static final Pattern MODSEQ = Pattern.compile("\\bMODSEQ \\((\\d+)\\)");
  private static final Pattern FLAGS = Pattern.compile("\\bFLAGS \\(([^)]*)\\)");
  private static final Pattern DATE = Pattern.compile("\\bINTERNALDATE \"([^\"]*)\"");
  private static final Pattern CODE = Pattern.compile("\\[(UIDVALIDITY|HIGHESTMODSEQ) (\\d+)]");

  private static final long UNLISTED = 0;

  private static final class Known {
    private long modSeq;
    private String flags = "";
  }

  private final Recorder recorder;
  private final String session;
  private final Wire wire;

  /** By number; {@link #UNLISTED} for one that went before it could be listed. */
  private final List<Long> uids = new ArrayList<>();

  private final Map<Long, Known> known = new HashMap<>();
  private final List<Event> told = new ArrayList<>();
  private final Map<String, Long> codes = new HashMap<>();
  private String mailbox = "";
  private int exists;
  private String moved = "";

  Client(Recorder recorder, String session, int port) throws IOException {
    this.recorder = recorder;
    this.session = session;
    this.wire = new Wire(port);
    require(wire.command("LOGIN soak soak", line -> {}));
    require(wire.command("ENABLE QRESYNC", line -> {}));
  }

  private static void require(String answer) throws IOException {
    if (!answer.startsWith("OK")) {
      throw new Refusal(answer);
    }
  }

  String mailbox() {
    return mailbox;
  }

  /** The messages that it knows of, in their order. */
  List<Long> uids() {
    List<Long> listed = new ArrayList<>(uids);
    listed.removeIf(uid -> uid == UNLISTED);
    return listed;
  }

  long modSeq(long uid) {
    Known message = known.get(uid);
    return message == null ? 0 : message.modSeq;
  }

  /** Opens a mailbox and lists it whole. */
  void select(String name) throws IOException {
    long start = recorder.now();
    mailbox = "";
    uids.clear();
    known.clear();
    codes.clear();
    exists = 0;
    require(wire.command("SELECT " + name, this::take));
    mailbox = name;
    if (exists > 0) {
      list(1, exists);
    }
    List<Event> rows = new ArrayList<>(told);
    told.clear();
    recorder.add(
        new Event.Select(
            session,
            start,
            recorder.now(),
            name,
            codes.getOrDefault("UIDVALIDITY", 0L),
            codes.getOrDefault("HIGHESTMODSEQ", 0L),
            set()));
    rows.forEach(recorder::add);
    catchUp();
  }

  private UidSet set() {
    UidSet.Builder set = UidSet.builder();
    uids().forEach(set::add);
    return set.build();
  }

  /** A command, and what is new after it. */
  String command(String command) throws IOException {
    moved = "";
    String answer = wire.command(command, this::take);
    String copyUid = moved;
    tell();
    catchUp();
    return copyUid.isEmpty() ? answer : answer + " " + copyUid;
  }

  void idle(int millis) throws IOException {
    require(wire.idle(this::take, millis));
    tell();
    catchUp();
  }

  /** Asks for messages that came, by number: these never say that others went. */
  private void catchUp() throws IOException {
    while (!mailbox.isEmpty() && exists > uids.size()) {
      list(uids.size() + 1, exists);
      tell();
    }
  }

  private void list(int first, int last) throws IOException {
    require(
        wire.command(
            "FETCH " + first + ":" + last + " (UID FLAGS MODSEQ INTERNALDATE)", this::take));
    while (uids.size() < last) {
      uids.add(UNLISTED);
    }
  }

  private void tell() {
    told.forEach(recorder::add);
    told.clear();
  }

  private void take(String line) {
    Matcher matcher = EXISTS.matcher(line);
    if (matcher.matches()) {
      exists = Integer.parseInt(matcher.group(1));
      return;
    }
    matcher = VANISHED.matcher(line);
    if (matcher.matches()) {
      vanished(UidSet.parse(matcher.group(1)));
      return;
    }
    matcher = FETCH.matcher(line);
    if (matcher.matches()) {
      fetched(Integer.parseInt(matcher.group(1)), matcher.group(2));
      return;
    }
    if (line.contains("[COPYUID ")) {
      moved = line;
    }
    matcher = CODE.matcher(line);
    if (matcher.find()) {
      codes.put(matcher.group(1), Long.valueOf(matcher.group(2)));
    }
  }

  private void vanished(UidSet gone) {
    // Without EARLIER only those are named that EXISTS has counted, listed already or not.
    exists -= Math.toIntExact(gone.size());
    gone.forEachUid(this::remove);
    gone.forEachUid(known::remove);
    told.add(new Event.Gone(session, recorder.now(), mailbox, gone));
  }

  private void remove(long uid) {
    int unlisted = -1;
    for (int i = 0; i < uids.size(); i++) {
      long its = uids.get(i);
      if (its == uid) {
        uids.remove(i);
        return;
      }
      if (its == UNLISTED) {
        unlisted = i;
      } else if (its > uid) {
        break;
      } else {
        unlisted = -1;
      }
    }
    if (unlisted >= 0) {
      uids.remove(unlisted);
    }
  }

  private void fetched(int number, String items) {
    Matcher uid = UID.matcher(items);
    if (!uid.find()) {
      throw new IllegalStateException("a FETCH without UID: " + items);
    }
    long its = Long.parseLong(uid.group(1));
    Matcher date = DATE.matcher(items);
    long sent = date.find() ? SentMessage.number(date.group(1)) : 0;
    if (number > uids.size() && sent == 0) {
      // It will be listed with the others that are new.
      return;
    }
    while (uids.size() < number) {
      uids.add(UNLISTED);
    }
    long before = uids.set(number - 1, its);
    if (before != its && before != UNLISTED) {
      throw new IllegalStateException(
          session + " has " + uids + " and is told that " + number + " is UID " + its);
    }
    Known message = known.computeIfAbsent(its, u -> new Known());
    Matcher modSeq = MODSEQ.matcher(items);
    if (modSeq.find()) {
      message.modSeq = Long.parseLong(modSeq.group(1));
    }
    Matcher flags = FLAGS.matcher(items);
    if (flags.find()) {
      message.flags = flags(flags.group(1));
    }
    told.add(
        new Event.Saw(session, recorder.now(), mailbox, its, message.modSeq, sent, message.flags));
  }

  static String flags(String list) {
    SortedSet<String> sorted = new TreeSet<>(Arrays.asList(list.split(" ", -1)));
    sorted.remove("\\Recent");
    sorted.remove("");
    return sorted.isEmpty() ? "" : String.join(",", sorted);
  }

  /** At the end: what it has. */
  void view() {
    for (long uid : uids()) {
      Known message = known.get(uid);
      if (message != null) {
        recorder.add(new Event.Has(session, mailbox, uid, message.modSeq, message.flags));
      }
    }
    recorder.add(new Event.View(session, mailbox, uids.size()));
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
