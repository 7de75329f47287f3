package org.posthorn.imap.list;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what the options of one LIST ask for. */
public final class ListOptions {
  private final Set<ListSelection> selections = EnumSet.noneOf(ListSelection.class);
  private final Set<ListReturn> returns = EnumSet.noneOf(ListReturn.class);
  private final Map<String, ListDetail> details = new LinkedHashMap<>();

  /** A selection option. */
  public void select(ListSelection option) {
    selections.add(option);
  }

  /** Attributes to be told. */
  public void tell(ListReturn attributes) {
    returns.add(attributes);
  }

  /** A response behind the LIST response; an option that is given twice counts once. */
  public void tell(String option, ListDetail detail) {
    details.putIfAbsent(option, detail);
  }

  /** RFC 5258 section 3.1: RECURSIVEMATCH asks for the superiors of something. */
  public boolean valid() {
    return !selections.contains(ListSelection.RECURSIVEMATCH)
        || selections.stream().anyMatch(ListSelection::isCriterion);
  }

  /** What they come to together with the patterns. */
  public ListCriteria criteria(List<ListPattern> patterns) {
    return new ListCriteria(patterns, selections, returns);
  }

  /** In the order in which they were asked for. */
  public List<ListDetail> details() {
    return new ArrayList<>(details.values());
  }
}
