package org.posthorn.store.jdbc.kill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.UidSet;

/**
 * What one worker has in the store: its messages, and facts of mailboxes that are its own alone, by
 * kind and path. Immutable.
 */
record Contents(List<Message> messages, Map<String, String> facts) {
  /** Where it is not known what the store answered. */
  static final String UNKNOWN = "?";

  /** A UID of 0 stands for one that nobody was told. */
  record Message(String mailbox, long uid, String tag, String keyword) {
    Message at(String otherMailbox, long otherUid) {
      return new Message(otherMailbox, otherUid, tag, keyword);
    }
  }

  private static final Comparator<Message> ORDER =
      Comparator.comparing(Message::mailbox)
          .thenComparing(Message::uid)
          .thenComparing(Message::tag)
          .thenComparing(Message::keyword);

  static final Contents NONE = new Contents(List.of(), Map.of());

  Contents {
    messages = messages.stream().sorted(ORDER).toList();
    facts = Map.copyOf(facts);
  }

  /** The fact that a mailbox was made, which says its UIDVALIDITY. */
  static String box(String path) {
    return "box " + path;
  }

  /** For messages of failures. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(facts).forEach((key, value) -> lines.add(key + " = " + value));
    messages.forEach(message -> lines.add(message.toString()));
    return lines;
  }

  /** As it is seen by somebody who does not know what an operation under way was to answer. */
  Contents asKnownBy(Contents before) {
    List<Message> seen = new ArrayList<>();
    for (Message message : messages) {
      boolean known =
          before.messages.stream()
              .anyMatch(m -> m.uid == message.uid && m.mailbox.equals(message.mailbox));
      seen.add(known ? message : message.at(message.mailbox, 0));
    }
    Map<String, String> told = new TreeMap<>(facts);
    told.replaceAll(
        (key, value) -> key.startsWith("box ") && !before.facts.containsKey(key) ? UNKNOWN : value);
    return new Contents(seen, told);
  }

  /**
   * As it is after an operation.
   *
   * @param uids of new messages; null when nobody was told
   * @param answer UIDVALIDITY of a new mailbox
   */
  Contents after(String[] operation, @Nullable UidSet uids, String answer) {
    Map<String, String> factsNow = new TreeMap<>(facts);
    String path = operation[1];
    switch (operation[0]) {
      case "make" -> factsNow.put(box(path), uids == null ? UNKNOWN : answer);
      case "drop" -> factsNow.keySet().removeIf(key -> key.endsWith(" " + path));
      case "note", "share" -> factsNow.put(operation[0] + " " + path, operation[2]);
      case "rename" -> {
        for (String kind : List.of("box ", "note ", "share ")) {
          String value = factsNow.remove(kind + path);
          if (value != null) {
            boolean unknown = uids == null && kind.equals("box ");
            factsNow.put(kind + operation[2], unknown ? UNKNOWN : value);
          }
        }
      }
      default -> {}
    }
    return new Contents(messagesAfter(operation, uids), factsNow);
  }

  /** New messages, in the order of their UIDs. */
  List<Message> made(String[] operation, @Nullable UidSet uids) {
    List<Message> made = new ArrayList<>();
    switch (operation[0]) {
      case "append" -> {
        for (String tag : operation[2].split(",", -1)) {
          made.add(new Message(operation[1], uid(uids, made.size()), tag, ""));
        }
      }
      case "replace" ->
          made.add(new Message(operation[3], uid(uids, made.size()), operation[4], ""));
      case "copy", "move" -> {
        for (Message message : messages) {
          if (isNamed(operation, message)) {
            made.add(message.at(operation[3], uid(uids, made.size())));
          }
        }
      }
      default -> {}
    }
    return made;
  }

  private static long uid(@Nullable UidSet uids, int index) {
    return uids == null ? 0 : uids.nth(index);
  }

  private List<Message> messagesAfter(String[] operation, @Nullable UidSet uids) {
    List<Message> all = made(operation, uids);
    for (Message message : messages) {
      boolean named = isNamed(operation, message);
      switch (named ? operation[0] : "") {
        case "remove", "move", "replace", "drop" -> {}
        case "flag" ->
            all.add(new Message(message.mailbox, message.uid, message.tag, operation[3]));
        case "rename" -> all.add(message.at(operation[2], uids == null ? 0 : message.uid));
        default -> all.add(message);
      }
    }
    return all;
  }

  private static boolean isNamed(String[] operation, Message message) {
    return message.mailbox.equals(operation[1])
        && switch (operation[0]) {
          case "drop", "rename" -> true;
          case "flag", "copy", "move", "remove", "replace" ->
              UidSet.parse(operation[2]).contains(message.uid);
          default -> false;
        };
  }
}
