package org.posthorn.store;

import java.util.List;

/**
 * Which names are wanted. A store may answer more.
 *
 * @param prefix leading segments that every name has; empty: all
 * @param depth segments beyond the prefix that are of interest, at least 1
 * @param subscribedOnly subscribed names, those without a mailbox included
 */
public record ListQuery(List<String> prefix, int depth, boolean subscribedOnly) {
  public static final ListQuery ALL = new ListQuery(List.of(), Integer.MAX_VALUE, false);

  public ListQuery {
    prefix = List.copyOf(prefix);
  }
}
