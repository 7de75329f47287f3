package org.posthorn.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.posthorn.testkit.store.TestedStore.write;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.posthorn.store.AppendGroup;
import org.posthorn.store.AppendSpec;
import org.posthorn.store.Appended;
import org.posthorn.store.CopyResult;
import org.posthorn.store.Expunged;
import org.posthorn.store.FlagChange;
import org.posthorn.store.Flags;
import org.posthorn.store.FlagsResult;
import org.posthorn.store.Mailbox;
import org.posthorn.store.MailboxName;
import org.posthorn.store.SystemFlag;
import org.posthorn.store.UidSet;

/** Random changes of some mailboxes; after each the store is compared with the model. */
final class RandomHistory {
  private static final List<String> KEYWORDS = List.of("$Junk", "$junk", "Work", "later");

  private final TestedStore tested;
  private final Random random;
  private final List<MailboxName> names;
  private final NavigableMap<MailboxName, ModelMailbox> models = new TreeMap<>();
  private final NavigableMap<MailboxName, Mailbox> mailboxes = new TreeMap<>();
  private final List<String> steps = new ArrayList<>();

  RandomHistory(TestedStore tested, List<MailboxName> names, long seed) throws Exception {
    this.tested = tested;
    this.names = names;
    this.random = new Random(seed);
    for (MailboxName name : names) {
      Mailbox mailbox = tested.open(name);
      mailbox.remove(TestedStore.ALL);
      mailboxes.put(name, mailbox);
      models.put(name, new ModelMailbox(mailbox.snapshot()));
    }
  }

  void run(int count) throws Exception {
    NavigableMap<MailboxName, Follower> followers = new TreeMap<>();
    mailboxes.forEach((name, mailbox) -> followers.put(name, new Follower(mailbox)));
    for (int i = 0; i < count; i++) {
      step();
      MailboxName name = anyName();
      model(name).assertSame(mailbox(name));
      Follower follower = TestedStore.of(followers, name);
      follower.catchUp(1 + random.nextInt(5));
      follower.assertKnows(model(name));
    }
    for (MailboxName name : names) {
      model(name).assertSame(mailbox(name));
      model(name).assertOctetsSame(mailbox(name));
    }
  }

  private void step() throws Exception {
    MailboxName name = anyName();
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> append(name);
      case 3, 4 -> store(name);
      case 5 -> transfer(name, anyName(), false);
      case 6 -> transfer(name, anyName(), true);
      default -> expunge(name);
    }
  }

  private void append(MailboxName name) throws Exception {
    List<byte[]> messages = new ArrayList<>();
    Flags flags = anyFlags();
    Appended appended;
    try (AppendGroup group = tested.beginAppend(name)) {
      for (int i = random.nextInt(3); i >= 0; i--) {
        byte[] message = TestedStore.noise(random.nextInt(300), random.nextInt());
        write(group, AppendSpec.plain().withFlags(flags), message);
        messages.add(message);
      }
      appended = group.commit();
    }
    steps.add("append to " + name + ": " + appended.uids());
    assertEquals(messages.size(), appended.uids().size());
    model(name).changedAt(appended.modSeq());
    for (int i = 0; i < messages.size(); i++) {
      model(name).add(appended.uids().nth(i), flags, messages.get(i), appended.modSeq());
    }
  }

  private void store(MailboxName name) throws Exception {
    UidSet uids = someUids(name);
    FlagChange change = new FlagChange(any(List.of(FlagChange.Mode.values())), anyFlags());
    ModelMailbox model = model(name);
    OptionalLong since =
        random.nextBoolean()
            ? OptionalLong.empty()
            : OptionalLong.of(Math.max(0, model.highestModSeq() - random.nextInt(5)));
    steps.add("store " + name + " " + uids + " " + change + " unless since " + since);
    FlagsResult result = mailbox(name).storeFlags(uids, change, since);
    List<Long> changed = new ArrayList<>();
    List<Long> refused = new ArrayList<>();
    for (long uid : model.uids().intersect(uids).stream().toArray()) {
      ModelMailbox.Message before = TestedStore.of(model.messages, uid);
      if (before.modSeq() > since.orElse(Long.MAX_VALUE)) {
        refused.add(uid);
      } else if (!change.apply(before.flags()).equals(before.flags())) {
        changed.add(uid);
        model.messages.put(uid, before.with(change.apply(before.flags()), result.modSeq()));
      }
    }
    assertEquals(ModelMailbox.uids(changed), result.changed());
    assertEquals(ModelMailbox.uids(refused), result.refused());
    assertEquals(uids.minus(model.uids()), result.gone());
    if (!changed.isEmpty()) {
      model.changedAt(result.modSeq());
    }
    assertEquals(model.highestModSeq(), result.modSeq());
  }

  private void transfer(MailboxName from, MailboxName to, boolean move) throws Exception {
    UidSet uids = someUids(from);
    steps.add((move ? "move " : "copy ") + uids + " from " + from + " to " + to);
    CopyResult result = move ? mailbox(from).move(uids, to) : mailbox(from).copy(uids, to);
    UidSet there = model(from).uids().intersect(uids);
    assertEquals(there, result.source());
    assertEquals(uids.minus(there), result.gone());
    assertEquals(there.size(), result.copies().size());
    if (there.isEmpty()) {
      return;
    }
    long modSeq = mailbox(to).snapshot().highestModSeq();
    model(to).changedAt(modSeq);
    for (int i = 0; i < there.size(); i++) {
      ModelMailbox.Message original = TestedStore.of(model(from).messages, there.nth(i));
      model(to).add(result.copies().nth(i), original.flags(), original.octets(), modSeq);
      if (move) {
        model(from).messages.remove(there.nth(i));
      }
    }
    if (move && !from.equals(to)) {
      model(from).changedAt(result.sourceModSeq());
    }
  }

  private void expunge(MailboxName name) throws Exception {
    UidSet uids = someUids(name);
    boolean all = random.nextInt(3) == 0;
    steps.add((all ? "remove " : "expunge ") + uids + " from " + name);
    Expunged expunged = all ? mailbox(name).remove(uids) : mailbox(name).expungeDeleted(uids);
    List<Long> expected = new ArrayList<>();
    for (long uid : model(name).uids().intersect(uids).stream().toArray()) {
      if (all || TestedStore.of(model(name).messages, uid).flags().has(SystemFlag.DELETED)) {
        expected.add(uid);
        model(name).messages.remove(uid);
      }
    }
    assertEquals(ModelMailbox.uids(expected), expunged.uids());
    if (!expected.isEmpty()) {
      model(name).changedAt(expunged.modSeq());
    }
    assertEquals(model(name).highestModSeq(), expunged.modSeq());
  }

  private UidSet someUids(MailboxName name) {
    UidSet there = model(name).uids();
    UidSet.Builder some = UidSet.builder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      if (!there.isEmpty()) {
        some.add(there.nth(random.nextInt((int) there.size())));
      }
    }
    if (random.nextInt(5) == 0) {
      some.addRange(there.last() + 1, there.last() + 10);
    }
    return random.nextInt(10) == 0 ? TestedStore.ALL : some.build();
  }

  private Flags anyFlags() {
    Flags flags = Flags.NONE;
    for (int i = random.nextInt(3); i > 0; i--) {
      flags =
          random.nextInt(3) == 0
              ? flags.withKeyword(any(KEYWORDS))
              : flags.plus(Flags.of(any(List.of(SystemFlag.values()))));
    }
    return flags;
  }

  private MailboxName anyName() {
    return any(names);
  }

  private <T> T any(List<T> choice) {
    return choice.get(random.nextInt(choice.size()));
  }

  private ModelMailbox model(MailboxName name) {
    return TestedStore.of(models, name);
  }

  private Mailbox mailbox(MailboxName name) {
    return TestedStore.of(mailboxes, name);
  }

  @Override
  public String toString() {
    return String.join("\n", steps);
  }
}
