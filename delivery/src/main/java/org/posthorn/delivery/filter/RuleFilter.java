package org.posthorn.delivery.filter;

import java.util.ArrayList;
import java.util.List;

/** A filter of a few rules, tried in order. Immutable. */
public final class RuleFilter implements MailFilter {
  private final List<FilterRule> rules;

  public RuleFilter(List<FilterRule> rules) {
    this.rules = List.copyOf(rules);
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  @Override
  public List<FilterAction> decide(FilteredMessage message) {
    List<FilterAction> wanted = new ArrayList<>();
    for (FilterRule rule : rules) {
      if (rule.matches(message)) {
        wanted.addAll(rule.actions());
        if (rule.stops()) {
          break;
        }
      }
    }
    return wanted;
  }
}
