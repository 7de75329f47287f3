package org.posthorn.store.jdbc.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.UidSet;

/**
 * What must be there after the journal of one worker, without and with the operation that was under
 * way at the end.
 */
final class Expected {
  /** A place and what is at it; a UID of 0 stands for one that nobody was told. */
  record Message(String mailbox, long uid, String tag, String keyword) {
    Message unknownUid() {
      return new Message(mailbox, 0, tag, keyword);
    }
  }

  private record Place(String mailbox, long uid) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byMailbox = mailbox.compareTo(other.mailbox);
      return byMailbox != 0 ? byMailbox : Long.compare(uid, other.uid);
    }
  }

  private final Map<Place, Message> messages = new TreeMap<>();
  private final List<Message> told = new ArrayList<>();
  private final Map<String, Long> modSeqs = new TreeMap<>();
  private String @Nullable [] underWay;

  Expected(List<Found> before) {
    for (Found found : before) {
      put(new Message(found.mailbox(), found.uid(), found.tag(), found.keyword()));
    }
  }

  void follow(List<String> journal) {
    for (String line : journal) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("failed")) {
        throw new AssertionError(line);
      }
      if (words[0].equals("done") && underWay != null) {
        UidSet uids = words[1].isEmpty() ? UidSet.EMPTY : UidSet.parse(words[1]);
        modSeqs.merge(underWay[1], Long.parseLong(words[2]), Math::max);
        apply(underWay, uids);
        underWay = null;
      } else {
        underWay = words;
      }
    }
  }

  /** Messages that a worker was told to have made, in all their lives. */
  List<Message> told() {
    return told;
  }

  /** Greatest MODSEQ that a worker was told, by mailbox. */
  Map<String, Long> modSeqs() {
    return modSeqs;
  }

  List<Message> withoutLast() {
    return List.copyOf(messages.values());
  }

  /** As it would be had the last operation been carried out; its new messages have UID 0. */
  List<Message> withLast() {
    if (underWay == null) {
      return withoutLast();
    }
    List<Message> made = made(underWay);
    List<Message> all = new ArrayList<>();
    for (Message message : messages.values()) {
      Message after = after(underWay, message);
      if (after != null) {
        all.add(after);
      }
    }
    made.forEach(message -> all.add(message.unknownUid()));
    return all;
  }

  private void apply(String[] operation, UidSet uids) {
    List<Message> made = made(operation);
    for (Message message : List.copyOf(messages.values())) {
      messages.remove(new Place(message.mailbox, message.uid));
      Message after = after(operation, message);
      if (after != null) {
        put(after);
      }
    }
    for (int i = 0; i < made.size(); i++) {
      Message message = made.get(i);
      Message placed = new Message(message.mailbox, uids.nth(i), message.tag, message.keyword);
      put(placed);
      told.add(placed);
    }
  }

  private void put(Message message) {
    messages.put(new Place(message.mailbox, message.uid), message);
  }

  private List<Message> made(String[] operation) {
    List<Message> made = new ArrayList<>();
    if (operation[0].equals("append")) {
      for (String tag : operation[2].split(",", -1)) {
        made.add(new Message(operation[1], 0, tag, ""));
      }
    } else if (operation[0].equals("copy") || operation[0].equals("move")) {
      for (Message message : messages.values()) {
        if (isNamed(operation, message)) {
          made.add(new Message(operation[3], 0, message.tag, message.keyword));
        }
      }
    }
    return made;
  }

  private static @Nullable Message after(String[] operation, Message message) {
    if (!isNamed(operation, message)) {
      return message;
    }
    return switch (operation[0]) {
      case "remove", "move" -> null;
      case "flag" -> new Message(message.mailbox, message.uid, message.tag, operation[3]);
      default -> message;
    };
  }

  private static boolean isNamed(String[] operation, Message message) {
    return !operation[0].equals("append")
        && message.mailbox.equals(operation[1])
        && UidSet.parse(operation[2]).contains(message.uid);
  }
}
