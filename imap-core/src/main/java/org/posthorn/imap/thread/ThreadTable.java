package org.posthorn.imap.thread;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.mime.Octets;

/**
 * The messages to be threaded. Ids and subjects that occur again are kept once. For one thread at a
 * time.
 */
final class ThreadTable {
  /** What a message takes besides its texts, about. */
  private static final int MESSAGE_WEIGHT = 96;

  /** What a text takes besides its characters, about. */
  private static final int TEXT_WEIGHT = 96;

  private final List<Message> messages = new ArrayList<>();
  private final List<int[]> references = new ArrayList<>();
  private final Map<Octets, Integer> ids = new HashMap<>();
  private final Map<String, Integer> subjects = new HashMap<>();
  private long weight;

  /**
   * A message.
   *
   * @param subject number of its subject, 0 for the empty one
   * @param id number of its id, -1 when it has none
   */
  record Message(long uid, long sent, long arrived, int subject, boolean reply, int id) {}

  ThreadTable() {
    subjects.put("", 0);
  }

  /** Adds messages in the order of the mailbox. */
  void add(List<ThreadKeys> more) {
    for (ThreadKeys keys : more) {
      Octets id = keys.id();
      int[] ancestors = new int[keys.references().size()];
      for (int i = 0; i < ancestors.length; i++) {
        ancestors[i] = number(keys.references().get(i));
      }
      messages.add(
          new Message(
              keys.uid(),
              keys.sent(),
              keys.arrived(),
              subject(keys.subject()),
              keys.reply(),
              id == null ? -1 : number(id)));
      references.add(ancestors);
      weight += MESSAGE_WEIGHT + 4L * ancestors.length;
    }
  }

  private int number(Octets id) {
    Integer known = ids.putIfAbsent(id, ids.size());
    if (known != null) {
      return known;
    }
    weight += TEXT_WEIGHT + id.length();
    return ids.size() - 1;
  }

  private int subject(String text) {
    Integer known = subjects.putIfAbsent(text, subjects.size());
    if (known != null) {
      return known;
    }
    weight += TEXT_WEIGHT + 2L * text.length();
    return subjects.size() - 1;
  }

  /** In the order of the mailbox. */
  List<Message> messages() {
    return messages;
  }

  /** Numbers of the ids of a message's ancestors, the parent last. */
  int[] references(int message) {
    return references.get(message);
  }

  /** How many different ids occur. */
  int idCount() {
    return ids.size();
  }

  /** How many different subjects occur; the number 0 is the empty one. */
  int subjectCount() {
    return subjects.size();
  }

  /** Octets of memory that it takes, about. */
  long weight() {
    return weight;
  }
}
