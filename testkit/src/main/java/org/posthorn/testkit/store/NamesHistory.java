package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.posthorn.store.Account;
import org.posthorn.store.InvalidMailboxName;
import org.posthorn.store.ListQuery;
import org.posthorn.store.MailboxId;
import org.posthorn.store.MailboxInfo;
import org.posthorn.store.MailboxName;
import org.posthorn.store.StoreException;
import org.posthorn.store.StoreException.Code;

/** Random CREATE, DELETE, RENAME and subscriptions against a map of names. */
final class NamesHistory {
  /** Something done to the store that it may refuse. */
  private interface Step {
    void run() throws StoreException;
  }

  private static final String[] SEGMENTS = {"a", "b", "c", "INBOX"};

  private static final ListQuery SUBSCRIBED = new ListQuery(List.of(), Integer.MAX_VALUE, true);

  private final Account account;
  private final Random random;
  private final List<String> steps = new ArrayList<>();

  /** Names with the mailbox behind them; empty where there is none. */
  private final NavigableMap<MailboxName, Optional<MailboxId>> names = new TreeMap<>();

  private final NavigableSet<MailboxName> subscribed = new TreeSet<>();
  private final Set<MailboxId> used = new HashSet<>();

  /** In an account that is new. */
  NamesHistory(Account account, long seed) throws Exception {
    this.account = account;
    this.random = new Random(seed);
    for (MailboxInfo info : account.list(ListQuery.ALL)) {
      names.put(info.name(), Optional.ofNullable(info.id()));
    }
    names.values().forEach(id -> id.ifPresent(used::add));
  }

  void run(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      MailboxName name = anyName();
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> create(name);
        case 3, 4 -> delete(name);
        case 5, 6 -> rename(name, anyName());
        default -> subscription(name);
      }
      assertListRight();
    }
  }

  private MailboxName anyName() {
    List<String> segments = new ArrayList<>();
    do {
      segments.add(SEGMENTS[random.nextInt(SEGMENTS.length)]);
    } while (segments.size() < 4 && random.nextInt(5) < 3);
    return MailboxName.of(segments);
  }

  private void expect(Optional<Code> refusal, String what, Step step) throws StoreException {
    steps.add(what + refusal.map(code -> ": " + code).orElse(""));
    if (refusal.isPresent()) {
      TestedStore.assertRefused(refusal.get(), step::run);
    } else {
      step.run();
    }
  }

  private void create(MailboxName name) throws StoreException {
    boolean exists = names.getOrDefault(name, Optional.empty()).isPresent();
    expect(
        exists ? Optional.of(Code.ALREADY_EXISTS) : Optional.empty(),
        "create " + name,
        () -> account.create(name, Set.of()));
    if (!exists) {
      learnSuperiors(name);
      learn(name);
    }
  }

  /** Takes the id of a new mailbox from the store; it must be one that was never used. */
  private void learn(MailboxName name) throws StoreException {
    MailboxInfo info = account.status(name, Set.of()).mailbox();
    MailboxId id = Optional.ofNullable(info.id()).orElseThrow();
    assertTrue(used.add(id), "id was used before");
    names.put(name, Optional.of(id));
  }

  private void learnSuperiors(MailboxName name) throws StoreException {
    for (MailboxName up = name.parent(); up != null && !names.containsKey(up); up = up.parent()) {
      learn(up);
    }
  }

  private boolean hasChildren(MailboxName name) {
    MailboxName next = names.higherKey(name);
    return next != null && next.startsWith(name);
  }

  private void delete(MailboxName name) throws StoreException {
    Optional<Code> refusal = Optional.empty();
    if (name.isInbox()) {
      refusal = Optional.of(Code.CANNOT);
    } else if (!names.containsKey(name)) {
      refusal = Optional.of(Code.NONEXISTENT);
    } else if (TestedStore.of(names, name).isEmpty() && hasChildren(name)) {
      refusal = Optional.of(Code.HAS_CHILDREN);
    }
    expect(refusal, "delete " + name, () -> account.delete(name));
    if (refusal.isEmpty()) {
      if (hasChildren(name)) {
        names.put(name, Optional.empty());
      } else {
        names.remove(name);
      }
    }
  }

  private void rename(MailboxName from, MailboxName to) throws StoreException {
    NavigableMap<MailboxName, Optional<MailboxId>> moved = new TreeMap<>();
    Optional<Code> refusal = Optional.empty();
    if (!names.containsKey(from)) {
      refusal = Optional.of(Code.NONEXISTENT);
    } else if (names.containsKey(to)) {
      refusal = Optional.of(Code.ALREADY_EXISTS);
    } else if (!from.isInbox()) {
      refusal = moveFamily(from, to, moved);
    }
    expect(refusal, "rename " + from + " to " + to, () -> account.rename(from, to));
    if (refusal.isEmpty()) {
      learnSuperiors(to);
      if (from.isInbox()) {
        learn(to);
      } else {
        names.keySet().removeIf(name -> name.startsWith(from));
        names.putAll(moved);
      }
    }
  }

  private Optional<Code> moveFamily(
      MailboxName from, MailboxName to, Map<MailboxName, Optional<MailboxId>> moved) {
    if (to.startsWith(from)) {
      return Optional.of(Code.CANNOT);
    }
    try {
      names.forEach(
          (name, id) -> {
            if (name.startsWith(from)) {
              moved.put(name.replacePrefix(from, to), id);
            }
          });
      return Optional.empty();
    } catch (InvalidMailboxName tooDeep) {
      return Optional.of(Code.CANNOT);
    }
  }

  private void subscription(MailboxName name) throws StoreException {
    if (random.nextBoolean()) {
      expect(Optional.empty(), "subscribe " + name, () -> account.subscribe(name));
      subscribed.add(name);
    } else {
      expect(Optional.empty(), "unsubscribe " + name, () -> account.unsubscribe(name));
      subscribed.remove(name);
    }
  }

  private void assertListRight() throws StoreException {
    List<MailboxInfo> all = account.list(ListQuery.ALL);
    assertEquals(List.copyOf(names.keySet()), all.stream().map(MailboxInfo::name).toList());
    for (MailboxInfo info : all) {
      assertEquals(TestedStore.of(names, info.name()), Optional.ofNullable(info.id()));
      assertEquals(info.id() != null, info.selectable());
      assertEquals(hasChildren(info.name()), info.hasChildren());
      assertEquals(subscribed.contains(info.name()), info.subscribed());
    }
    List<MailboxInfo> listed = account.list(SUBSCRIBED);
    assertEquals(List.copyOf(subscribed), listed.stream().map(MailboxInfo::name).toList());
  }

  @Override
  public String toString() {
    return String.join("\n", steps);
  }
}
