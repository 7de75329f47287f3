package org.posthorn.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.store.UidSet;

/**
 * What a client believes a search finds, from its first answer and the updates alone (RFC 5267). A
 * place that is out of range, or a message that is taken out where it is not, is an error.
 */
final class ContextReplay {
  private static final Pattern CHANGE = Pattern.compile("(ADDTO|REMOVEFROM) \\(([^)]*)\\)");
  private static final Pattern ALL = Pattern.compile(" ALL ([0-9:,]+)");

  private final String prefix;
  private final List<Long> result = new ArrayList<>();

  /**
   * @param tag of the command that asked for updates, by UID
   */
  ContextReplay(String tag) {
    prefix = "* ESEARCH (TAG \"" + tag + "\") UID";
  }

  void hear(String responses) {
    responses.lines().filter(line -> line.startsWith(prefix)).forEach(this::line);
  }

  private void line(String line) {
    result.addAll(all(line));
    Matcher change = CHANGE.matcher(line);
    while (change.find()) {
      String[] words = change.group(2).split(" ", -1);
      for (int i = 0; i < words.length; i += 2) {
        int place = Integer.parseInt(words[i]);
        for (long uid : uids(words[i + 1])) {
          if (change.group(1).equals("ADDTO")) {
            add(place, uid, line);
          } else {
            remove(place, uid, line);
          }
          // Each message takes the place behind the one before it; those that go make room for it.
          place += place > 0 && change.group(1).equals("ADDTO") ? 1 : 0;
        }
      }
    }
  }

  private void add(int place, long uid, String line) {
    if (result.contains(uid)) {
      throw new AssertionError(uid + " is in " + result + " already: " + line);
    }
    int at = place - 1;
    if (place == 0) {
      at = 0;
      while (at < result.size() && result.get(at) < uid) {
        at++;
      }
    }
    result.add(at, uid);
  }

  private void remove(int place, long uid, String line) {
    int at = place == 0 ? result.indexOf(uid) : place - 1;
    if (at < 0 || at >= result.size() || result.get(at) != uid) {
      throw new AssertionError(uid + " is not there in " + result + ": " + line);
    }
    result.remove(at);
  }

  /** The result that an ESEARCH response tells. */
  static List<Long> all(String text) {
    Matcher all = ALL.matcher(text);
    return all.find() ? uids(all.group(1)) : List.of();
  }

  /** In the order in which they stand. */
  private static List<Long> uids(String set) {
    List<Long> uids = new ArrayList<>();
    for (String part : set.split(",", -1)) {
      UidSet.parse(part).forEachUid(uids::add);
    }
    return uids;
  }

  /** Whether this is what the search finds. */
  boolean agrees(List<Long> truth) {
    return result.equals(truth);
  }

  @Override
  public String toString() {
    return result.toString();
  }
}
