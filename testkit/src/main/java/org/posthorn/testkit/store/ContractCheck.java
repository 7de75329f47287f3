package org.posthorn.testkit.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import org.posthorn.store.StoreException;

/**
 * One named check of the contract, for whoever runs it without JUnit: a test of the kit itself, or
 * a program that shows what a store keeps.
 */
public final class ContractCheck {
  private final Method method;

  private ContractCheck(Method method) {
    this.method = method;
  }

  /** What came of a check. */
  public record Outcome(Status status, @Nullable Throwable why) {
    public enum Status {
      KEPT,
      BROKEN,
      /** The store lacks a facet or a promise, or keeps nothing. */
      SKIPPED
    }

    public boolean isBroken() {
      return status == Status.BROKEN;
    }

    /**
     * Whether the check itself found it broken: an assertion failed, or the store refused what it
     * must do. A store that does not open, or throws what the SPI does not know, fails any check
     * and proves none.
     */
    public boolean isFound() {
      return isBroken() && (why instanceof AssertionError || why instanceof StoreException);
    }
  }

  /** All checks, by part and name. */
  public static List<ContractCheck> all() {
    List<ContractCheck> checks = new ArrayList<>();
    for (Method method : StoreContract.class.getMethods()) {
      if (method.isAnnotationPresent(Test.class)) {
        checks.add(new ContractCheck(method));
      }
    }
    checks.sort(Comparator.comparing(ContractCheck::part).thenComparing(ContractCheck::name));
    return checks;
  }

  /** The part of the contract, such as {@code Append}. */
  public String part() {
    return partOf(method);
  }

  static String partOf(Method method) {
    return method.getDeclaringClass().getSimpleName().replace("Contract", "");
  }

  public String name() {
    return method.getName();
  }

  /** Runs on a store that this opens and closes. */
  public Outcome run(StoreContract contract) {
    @Nullable Throwable failed = null;
    try {
      open(contract);
      method.invoke(contract);
    } catch (InvocationTargetException e) {
      failed = e.getCause();
    } catch (Exception | AssertionError e) {
      failed = e;
    }
    try {
      contract.closeTestedStore();
    } catch (Exception | AssertionError e) {
      failed = failed == null ? e : failed;
    }
    if (failed == null) {
      return new Outcome(Outcome.Status.KEPT, null);
    }
    boolean skipped = failed instanceof TestAbortedException;
    return new Outcome(skipped ? Outcome.Status.SKIPPED : Outcome.Status.BROKEN, failed);
  }

  private static void open(StoreContract contract) {
    try {
      contract.openTestedStore();
    } catch (TestAbortedException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      throw new IllegalStateException("the store does not open", e);
    }
  }

  @Override
  public String toString() {
    return part() + "." + name();
  }
}
