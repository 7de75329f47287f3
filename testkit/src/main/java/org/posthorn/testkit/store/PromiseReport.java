package org.posthorn.testkit.store;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;
import org.posthorn.store.Promise;

/** Prints at the end of a run what the store promises and which parts of the contract it keeps. */
final class PromiseReport implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private static final Namespace STATE = Namespace.create(PromiseReport.class);

  private static final class Sums {
    private final Map<String, int[]> parts = new TreeMap<>();
    private final Set<String> broken = new TreeSet<>();
    private final Set<Promise> promises = ConcurrentHashMap.newKeySet();

    synchronized void add(String part, String check, Optional<Throwable> failure) {
      int[] sums = parts.computeIfAbsent(part, p -> new int[3]);
      if (failure.isEmpty()) {
        sums[0]++;
      } else if (failure.get() instanceof TestAbortedException) {
        sums[2]++;
      } else {
        sums[1]++;
        broken.add(part + "." + check);
      }
    }

    synchronized String report(String store) {
      StringBuilder text = new StringBuilder("Contract of stores, " + store + ":\n");
      text.append("  promises: ").append(new TreeSet<>(promises)).append('\n');
      parts.forEach(
          (part, sums) ->
              text.append(
                  String.format(
                      Locale.ROOT,
                      "  %-13s %3d kept%s%s%n",
                      part,
                      sums[0],
                      sums[1] == 0 ? "" : ", " + sums[1] + " BROKEN",
                      sums[2] == 0 ? "" : ", " + sums[2] + " not tested")));
      broken.forEach(check -> text.append("  BROKEN ").append(check).append('\n'));
      return text.toString();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getStore(STATE).put(Sums.class, new Sums());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Sums sums = context.getStore(STATE).get(Sums.class, Sums.class);
    if (context.getRequiredTestInstance() instanceof StoreContract contract) {
      contract.declared().ifPresent(sums.promises::addAll);
    }
    context
        .getTestMethod()
        .filter(method -> ContractPart.class.isAssignableFrom(method.getDeclaringClass()))
        .ifPresent(
            method ->
                sums.add(
                    ContractCheck.partOf(method),
                    method.getName(),
                    context.getExecutionException()));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Sums sums = context.getStore(STATE).get(Sums.class, Sums.class);
    System.out.print(sums.report(context.getDisplayName()));
  }
}
