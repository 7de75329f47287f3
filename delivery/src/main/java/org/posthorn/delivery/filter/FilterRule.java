package org.posthorn.delivery.filter;

import java.util.List;

/**
 * One rule: when all tests match, the actions are wanted.
 *
 * @param stops whether later rules are not looked at then
 */
public record FilterRule(List<FilterTest> tests, List<FilterAction> actions, boolean stops) {
  public FilterRule {
    tests = List.copyOf(tests);
    actions = List.copyOf(actions);
  }

  /** When the test matches the actions are wanted, and no later rule. */
  public static FilterRule when(FilterTest test, FilterAction... actions) {
    return new FilterRule(List.of(test), List.of(actions), true);
  }

  /** The same rule, and later ones may add to it. */
  public FilterRule andGoOn() {
    return new FilterRule(tests, actions, false);
  }

  boolean matches(FilteredMessage message) {
    for (FilterTest test : tests) {
      if (!test.matches(message)) {
        return false;
      }
    }
    return true;
  }
}
