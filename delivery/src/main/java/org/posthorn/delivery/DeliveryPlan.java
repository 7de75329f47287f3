package org.posthorn.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.posthorn.smtp.Address;
import org.posthorn.smtp.Recipient;
import org.posthorn.smtp.ReversePath;
import org.posthorn.smtp.Verdict;
import org.posthorn.store.Flags;
import org.posthorn.store.MailboxName;

/** What is to be done with one message, decided before any of it is done. */
final class DeliveryPlan {
  private final Set<Copy> copies = new LinkedHashSet<>();
  private final Map<Way, Set<Recipient>> sendings = new LinkedHashMap<>();
  private final List<Failure> failures = new ArrayList<>();
  private final Set<Resolution.Unreachable> unreachable = new LinkedHashSet<>();
  private boolean discards;

  /** A copy for a mailbox. */
  record Copy(
      String account, MailboxName mailbox, Flags flags, ReversePath sender, Recipient recipient) {}

  /**
   * How a message leaves.
   *
   * @param forwardedFrom null for mail that is only relayed
   */
  record Way(ReversePath sender, @Nullable Address forwardedFrom) {}

  /** A recipient that does not get it, or not everywhere. */
  record Failure(Target target, Verdict verdict) {}

  /** An owner is told of a member of a list. */
  void tell(Resolution.Unreachable member) {
    unreachable.add(member);
  }

  Set<Resolution.Unreachable> unreachable() {
    return unreachable;
  }

  void copy(Copy copy) {
    copies.add(copy);
  }

  void send(Way way, Recipient to) {
    sendings.computeIfAbsent(way, w -> new LinkedHashSet<>()).add(to);
  }

  void fail(Target target, Verdict verdict) {
    failures.add(new Failure(target, verdict));
  }

  void discard() {
    discards = true;
  }

  Set<Copy> copies() {
    return copies;
  }

  Map<Way, Set<Recipient>> sendings() {
    return sendings;
  }

  List<Failure> failures() {
    return failures;
  }

  /** Nobody gets it, and not because somebody wants it so. */
  boolean failsAltogether() {
    return copies.isEmpty() && sendings.isEmpty() && !discards && !failures.isEmpty();
  }
}
