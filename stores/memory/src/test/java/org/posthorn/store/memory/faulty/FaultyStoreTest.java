package org.posthorn.store.memory.faulty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.posthorn.store.MailStore;
import org.posthorn.store.memory.MemoryStore;
import org.posthorn.testkit.store.ContractCheck;
import org.posthorn.testkit.store.CrashingStore;
import org.posthorn.testkit.store.StoreContract;

/** The kit notices every fault, and each of its checks can fail. */
@Tag("long")
class FaultyStoreTest {
  /** The memory store behind a fault; it outlives its closing unless the fault forgets. */
  private static final class Certified extends StoreContract {
    private final Fault fault;
    private MailStore honest = fresh();

    Certified(Fault fault) {
      this.fault = fault;
    }

    private MailStore fresh() {
      return new Keeping(MemoryStore.builder().quotas(quotaPolicy()).build());
    }

    @Override
    protected MailStore openStore() {
      return FaultyStore.of(honest, fault);
    }

    @Override
    protected Optional<MailStore> reopenStore() throws Exception {
      if (fault.forgets()) {
        honest = fresh();
        createAccount(honest, "alice");
        createAccount(honest, "bob");
        createAccount(honest, "member-1");
      }
      return Optional.of(openStore());
    }

    @Override
    protected Optional<CrashingStore> openCrashingStore() {
      return Optional.of(new Dying(honest, fault));
    }

    @Override
    public int largeMailbox() {
      return 3_000;
    }

    @Override
    public int histories() {
      return 3;
    }
  }

  private static List<Fault> faults() {
    List<Fault> faults = new ArrayList<>(MessageFaults.all());
    faults.addAll(MailboxFaults.all());
    faults.addAll(ChangeFaults.all());
    faults.addAll(TransferFaults.all());
    faults.addAll(NameFaults.all());
    faults.addAll(FacetFaults.all());
    faults.addAll(RestorationFaults.all());
    return faults;
  }

  @Test
  void withoutAFaultEveryCheckIsMadeAndKept() {
    List<String> others = new ArrayList<>();
    for (ContractCheck check : ContractCheck.all()) {
      ContractCheck.Outcome outcome = check.run(new Certified(Fault.NONE));
      if (outcome.status() != ContractCheck.Outcome.Status.KEPT) {
        others.add(check + " " + outcome);
      }
    }
    assertEquals(List.of(), others);
  }

  /** The faults that most likely break a part of the contract. */
  private static List<Fault> near(String part) {
    return switch (part) {
      case "Append", "Body", "HeldBody", "SharedBody" -> MessageFaults.all();
      case "Changes", "Mailbox" -> MailboxFaults.all();
      case "AccountCrash", "Concurrency", "Crash", "Transfer" -> TransferFaults.all();
      case "Expunge", "Flags", "History", "Lease" -> ChangeFaults.all();
      case "Directory", "Durability", "Hints", "Names", "Rename", "Status" -> NameFaults.all();
      case "Restoration" -> RestorationFaults.all();
      default -> FacetFaults.all();
    };
  }

  @Test
  void eachCheckCanFailAndEachFaultIsNoticed() {
    Set<String> noticed = new HashSet<>();
    List<ContractCheck> unbroken = new ArrayList<>();
    for (ContractCheck check : ContractCheck.all()) {
      boolean broken = false;
      for (Fault fault : order(check, noticed)) {
        if (check.run(new Certified(fault)).isFound()) {
          noticed.add(fault.toString());
          broken = true;
          break;
        }
      }
      if (!broken) {
        unbroken.add(check);
      }
    }
    assertEquals(List.of(), unbroken, "no fault breaks these checks");
    List<Fault> unnoticed = new ArrayList<>(faults());
    unnoticed.removeIf(fault -> noticed.contains(fault.toString()) || isNoticed(fault));
    assertEquals(List.of(), unnoticed, "no check notices these faults");
  }

  /** Those near first, of them those first that nothing has noticed yet. */
  private static Set<Fault> order(ContractCheck check, Set<String> noticed) {
    List<Fault> near = new ArrayList<>(near(check.part()));
    near.sort(Comparator.comparing(fault -> noticed.contains(fault.toString())));
    Map<String, Fault> order = new LinkedHashMap<>();
    near.forEach(fault -> order.put(fault.toString(), fault));
    faults().forEach(fault -> order.putIfAbsent(fault.toString(), fault));
    return new LinkedHashSet<>(order.values());
  }

  private static boolean isNoticed(Fault fault) {
    for (ContractCheck check : ContractCheck.all()) {
      if (check.run(new Certified(fault)).isFound()) {
        return true;
      }
    }
    return false;
  }
}
