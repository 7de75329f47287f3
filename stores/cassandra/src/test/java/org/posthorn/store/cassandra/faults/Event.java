package org.posthorn.store.cassandra.faults;

import java.util.List;
import java.util.Objects;
import org.posthorn.store.UidSet;

/**
 * One line of a history: words with one space between them, the first says what it is. Times are in
 * microseconds since the start, all of one clock. {@code -} stands for nothing. The components of
 * each record, in their order, are the words of the line.
 */
sealed interface Event {
  /** How a command ended, as its session knows it. */
  enum Result {
    OK,
    /** Refused for what it asks, such as a COPY of what somebody expunged meanwhile. */
    NO,
    /** Refused with UNAVAILABLE or the like; it may have been done. */
    UNAVAILABLE,
    /** No answer came. */
    UNKNOWN
  }

  /** A command that changes something. */
  sealed interface Change extends Event {
    long start();

    long end();

    Result result();
  }

  /**
   * APPEND of a message.
   *
   * @param message its number; no two have the same
   * @param validity UIDVALIDITY, 0 where APPENDUID did not come
   */
  record Append(
      String session,
      long start,
      long end,
      Result result,
      String mailbox,
      long message,
      long validity,
      long uid)
      implements Change {}

  /**
   * COPY or MOVE.
   *
   * @param verb {@code copy} or {@code move}
   * @param sources as COPYUID says, in the order of the copies
   */
  record Transfer(
      String verb,
      String session,
      long start,
      long end,
      Result result,
      String from,
      UidSet asked,
      String to,
      UidSet sources,
      UidSet copies)
      implements Change {}

  /** UID EXPUNGE of messages that the same session had marked, which was acknowledged. */
  record Expunge(String session, long start, long end, Result result, String mailbox, UidSet asked)
      implements Change {}

  /**
   * UID STORE of a keyword that no other session touches.
   *
   * @param changed those asked for without the ones that UNCHANGEDSINCE kept
   * @param keyword with + or - before it
   */
  record Store(
      String session,
      long start,
      long end,
      Result result,
      String mailbox,
      UidSet changed,
      String keyword)
      implements Change {}

  /** A mailbox was opened anew and listed whole. */
  record Select(
      String session,
      long start,
      long end,
      String mailbox,
      long validity,
      long highestModSeq,
      UidSet uids)
      implements Event {}

  /**
   * A session was told of a message.
   *
   * @param message its number, 0 where it was not told
   * @param flags sorted, with a comma between them
   */
  record Saw(
      String session, long time, String mailbox, long uid, long modSeq, long message, String flags)
      implements Event {}

  /** A session was told that messages are gone. */
  record Gone(String session, long time, String mailbox, UidSet uids) implements Event {}

  /** At the end: one message as a session has it. */
  record Has(String session, String mailbox, long uid, long modSeq, String flags)
      implements Event {}

  /** At the end: what a session has selected, and how many messages it has. */
  record View(String session, String mailbox, long messages) implements Event {}

  /** The truth at the end, by a new session. */
  record Truth(String mailbox, long validity, long highestModSeq, UidSet uids) implements Event {}

  /**
   * A message of the truth.
   *
   * @param octets {@code good} where all octets are those that were sent
   */
  record Message(String mailbox, long uid, long modSeq, long message, String octets, String flags)
      implements Event {}

  /** What was done to a node, or that all is well again. */
  record Fault(long time, String what, String node) implements Event {}

  /**
   * How long it took from the acknowledgement of a change through one server until a session idling
   * at the other heard of it.
   *
   * @param during {@code quiet}, or the fault of that moment
   */
  record Hint(long time, long micros, String during) implements Event {}

  /** The line. */
  default String line() {
    StringBuilder line = new StringBuilder();
    if (!(this instanceof Transfer)) {
      line.append(EventText.word(getClass()));
    }
    for (Object value : EventText.values(this)) {
      line.append(line.length() == 0 ? "" : " ").append(EventText.text(value));
    }
    return line.toString();
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Event parse(String line) {
    return EventText.parse(Objects.requireNonNull(line));
  }

  /** All kinds. */
  List<Class<? extends Event>> KINDS =
      List.of(
          Append.class,
          Transfer.class,
          Expunge.class,
          Store.class,
          Select.class,
          Saw.class,
          Gone.class,
          Has.class,
          View.class,
          Truth.class,
          Message.class,
          Fault.class,
          Hint.class);
}
