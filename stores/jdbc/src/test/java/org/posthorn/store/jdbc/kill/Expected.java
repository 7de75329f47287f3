package org.posthorn.store.jdbc.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.posthorn.store.UidSet;
import org.posthorn.store.jdbc.kill.Contents.Message;

/**
 * What must be there after the journal of one worker, without and with the operation that was under
 * way at the end. A line says what is to be done ({@code move FROM UIDS TO}), the next one what
 * came of it ({@code done UIDS UIDVALIDITY MODSEQ-OF-FROM MODSEQ-OF-TO}).
 */
final class Expected {
  private static final String NONE = "-";

  private final List<Message> told = new ArrayList<>();
  private final Map<String, Long> modSeqs = new TreeMap<>();
  private Contents contents;
  private long done;
  private String @Nullable [] underWay;

  Expected(Contents before) {
    contents = before;
  }

  void follow(List<String> journal) {
    for (String line : journal) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("failed")) {
        throw new AssertionError(line);
      }
      if (words[0].equals("done") && underWay != null) {
        done(underWay, words);
        underWay = null;
      } else {
        underWay = words;
      }
    }
  }

  private void done(String[] operation, String[] answer) {
    UidSet uids = answer[1].equals(NONE) ? UidSet.EMPTY : UidSet.parse(answer[1]);
    List<Message> made = contents.made(operation, uids);
    if (made.size() != uids.size() && !operation[0].equals("flag")) {
      throw new AssertionError(String.join(" ", operation) + " made " + uids);
    }
    contents = contents.after(operation, uids, answer[2]);
    for (Message message : made) {
      told.add(message.at(identity(message.mailbox()), message.uid()));
    }
    hear(operation[1], Long.parseLong(answer[3]));
    if (!answer[4].equals("0")) {
      hear(operation[3], Long.parseLong(answer[4]));
    }
    done++;
  }

  private void hear(String path, long modSeq) {
    modSeqs.merge(identity(path), modSeq, Math::max);
  }

  private String identity(String path) {
    return identity(path, contents.facts().get(Contents.box(path)));
  }

  /** What UIDs and MODSEQs belong to: names of mailboxes that come and go have several lives. */
  static String identity(String path, @Nullable String uidValidity) {
    return uidValidity == null ? path : path.substring(0, path.indexOf('/')) + "@" + uidValidity;
  }

  /** Operations that were acknowledged. */
  long operations() {
    return done;
  }

  /** Messages that a worker was told to have made, in all their lives, by identity of mailboxes. */
  List<Message> told() {
    return told;
  }

  /** Greatest MODSEQ that a worker was told, by identity of mailboxes. */
  Map<String, Long> modSeqs() {
    return modSeqs;
  }

  Contents withoutLast() {
    return contents;
  }

  /** As it would be had the last operation been carried out. */
  Contents withLast() {
    return underWay == null ? contents : contents.after(underWay, null, "");
  }
}
