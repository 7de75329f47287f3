package org.posthorn.imap.list;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxName;

/**
 * Which names LIST answers, and with which attributes. Immutable.
 *
 * @param patterns of which a name has to match one
 */
public record ListCriteria(
    List<ListPattern> patterns, Set<ListSelection> selections, Set<ListReturn> returns) {

  /** Keeps immutable copies. */
  public ListCriteria {
    patterns = List.copyOf(patterns);
    selections = Set.copyOf(selections);
    Set<ListReturn> all = EnumSet.noneOf(ListReturn.class);
    all.addAll(returns);
    // RFC 5258 section 3.1, RFC 6154 section 2: a selection implies that it is told of.
    if (selections.contains(ListSelection.SUBSCRIBED)) {
      all.add(ListReturn.SUBSCRIBED);
    }
    if (selections.contains(ListSelection.SPECIAL_USE)) {
      all.add(ListReturn.SPECIAL_USE);
    }
    returns = Set.copyOf(all);
  }

  /** As LIST was before RFC 5258: one pattern, no options. */
  public static ListCriteria basic(ListPattern pattern, Set<ListReturn> returns) {
    return new ListCriteria(List.of(pattern), Set.of(), returns);
  }

  /** Whether a name matches one of the patterns. */
  boolean matches(MailboxName name) {
    for (ListPattern pattern : patterns) {
      if (pattern.matches(name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether superiors of selected names are of interest. */
  boolean recursive() {
    return selections.contains(ListSelection.RECURSIVEMATCH);
  }

  /** The options that CHILDINFO repeats (RFC 5258 section 3.5). */
  List<String> childInfo() {
    List<String> words = new ArrayList<>();
    for (ListSelection option : ListSelection.values()) {
      if (option.isCriterion() && selections.contains(option)) {
        words.add(option.word());
      }
    }
    return words;
  }

  /** What a store has to be asked, one after the other, for all names that may be answered. */
  public List<ListQuery> queries() {
    if (patterns.isEmpty()) {
      return List.of();
    }
    ListQuery part = recursive() ? below() : part();
    boolean subscribed = selections.contains(ListSelection.SUBSCRIBED);
    if (!subscribed) {
      return List.of(part);
    }
    ListQuery subscriptions = new ListQuery(part.prefix(), part.depth(), true);
    // Superiors need not be subscribed, but it has to be told whether they exist.
    return recursive() ? List.of(part, subscriptions) : List.of(subscriptions);
  }

  /** All that lies below a common superior: what selects a superior may be at any depth. */
  private ListQuery below() {
    return new ListQuery(part().prefix(), Integer.MAX_VALUE, false);
  }

  /** The part of the hierarchy that holds all matches. */
  private ListQuery part() {
    ListQuery first = patterns.get(0).query();
    List<String> common = first.prefix();
    long deepest = 0;
    for (ListPattern pattern : patterns) {
      ListQuery query = pattern.query();
      common = commonPrefix(common, query.prefix());
      deepest = Math.max(deepest, (long) query.prefix().size() + query.depth());
    }
    long depth = Math.min(deepest - common.size(), Integer.MAX_VALUE);
    return new ListQuery(common, (int) depth, false);
  }

  private static List<String> commonPrefix(List<String> a, List<String> b) {
    int length = 0;
    while (length < Math.min(a.size(), b.size()) && a.get(length).equals(b.get(length))) {
      length++;
    }
    return a.subList(0, length);
  }
}
